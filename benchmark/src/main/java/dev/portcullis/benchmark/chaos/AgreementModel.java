package dev.portcullis.benchmark.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An agreement as it was asked for, and all that has happened to it. */
final class AgreementModel {
    final String name;
    final String namespace;
    final String port;
    final Beneficiary beneficiary;
    final @Nullable Instant start;
    final @Nullable Instant end;
    /** What policies look at. */
    final String colour;

    /** What the port has offered since it was asked for, until it is known which of these it was judged by. */
    final Set<Offer> offers = new LinkedHashSet<>();

    /** Who decided is known, and final. */
    boolean decided;
    /** A rule may have approved it since it was asked for. */
    boolean ruleMayApprove;
    /** It may have been judged while no policy rejected it; what policies said is kept with it. */
    boolean policiesMayLetItPass;
    /** A policy may have rejected it. */
    boolean ruleMayReject;
    /** Approvals and rejections that people wrote and the API server took, or is being asked to take. */
    int approvals;

    int rejections;
    /** The API server took a vote while it waited for one. */
    boolean voted;
    /** The beneficiary was listed by the team, or was not, at some time at which it may have been judged. */
    boolean mayHaveBeenMember;

    boolean mayHaveBeenStranger;

    boolean suspended;
    boolean pausedByProvider;
    boolean revoked;
    boolean cancelled;
    boolean deleted;

    private final List<String> story = new ArrayList<>();

    AgreementModel(
            String name,
            String namespace,
            String port,
            Beneficiary beneficiary,
            @Nullable Instant start,
            @Nullable Instant end,
            String colour) {
        this.name = name;
        this.namespace = namespace;
        this.port = port;
        this.beneficiary = beneficiary;
        this.start = start;
        this.end = end;
        this.colour = colour;
    }

    boolean mayBeApproved() {
        return ruleMayApprove || approvals > 0;
    }

    /** Nothing that people or time did to it stands against its access. */
    boolean runs(Instant now) {
        return isUndisturbed(now) && (start == null || !now.isBefore(start));
    }

    /** It runs, or is going to, if nothing happens to it. */
    boolean isUndisturbed(Instant now) {
        return !(over(now) || suspended || pausedByProvider);
    }

    /** Nothing brings it back. */
    boolean over(Instant now) {
        return revoked || cancelled || deleted || (end != null && !now.isBefore(end));
    }

    void tell(String event) {
        story.add(Instant.now() + " " + event);
    }

    /** What happened to it, oldest first. */
    List<String> story() {
        return List.copyOf(story);
    }

    @Override
    public String toString() {
        return namespace + "/" + name + " of " + beneficiary + " for " + port + (start == null ? "" : " from " + start)
                + (end == null ? "" : " to " + end) + " " + colour;
    }
}
