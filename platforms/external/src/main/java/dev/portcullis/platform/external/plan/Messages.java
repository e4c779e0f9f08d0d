package dev.portcullis.platform.external.plan;

import dev.portcullis.api.grant.AccessGrantStatus;
import dev.portcullis.platform.external.state.SeenGrant;
import java.util.Optional;

/** What people read of an AccessGrant that is not as it should be: the same for as long as the same is meant. */
final class Messages {
    private Messages() {}

    static String ofGrant(SeenGrant grant) {
        return grant.status().isEmpty()
                ? grant.label() + " waits for the grant controller of DataPlatform "
                        + grant.spec().platform() + ", which has not answered yet: the platform team sees that it runs"
                : grant.label() + " waits for the platform" + said(grant);
    }

    static String ofRefusal(SeenGrant grant) {
        return "the grant controller of DataPlatform " + grant.spec().platform() + " refuses " + grant.label()
                + said(grant);
    }

    static String ofDeletion(SeenGrant grant) {
        if (grant.isGone()) {
            return grant.label() + ": the access is taken away, and the finalizers " + grant.others()
                    + " still hold the object: whoever put them on takes them off";
        }
        if (grant.state().equals(Optional.of(AccessGrantStatus.State.Refused))) {
            return grant.label() + " is being deleted, and the grant controller of DataPlatform "
                    + grant.spec().platform() + " does not take the access away" + said(grant);
        }
        boolean seen = grant.status()
                .filter(status -> status.observedGeneration() >= grant.generation())
                .isPresent();
        return seen
                ? grant.label() + " is being deleted, and the access is still being taken away" + said(grant)
                : grant.label() + " is being deleted, and the grant controller of DataPlatform "
                        + grant.spec().platform()
                        + " has not said yet that the access is taken away: the platform team sees that it runs";
    }

    private static String said(SeenGrant grant) {
        return grant.message()
                .map(text -> ": " + text)
                .orElse("; its grant controller does not say why: ask who runs it");
    }
}
