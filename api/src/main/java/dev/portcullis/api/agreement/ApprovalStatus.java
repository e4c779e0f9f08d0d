package dev.portcullis.api.agreement;

/** How far the request for approval is; the words of the Data Usage Agreement Specification. */
public enum ApprovalStatus {
    Requested,
    Approved,
    Rejected
}
