package dev.portcullis.api.product;

/** Where a data product or an output port is in its life. Only Active ones take new requests; Deprecated keeps what is granted, Retired withdraws it. */
public enum Lifecycle {
    Proposed,
    InDevelopment,
    Active,
    Deprecated,
    Retired
}
