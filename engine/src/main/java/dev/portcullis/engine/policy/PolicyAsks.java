package dev.portcullis.engine.policy;

import dev.portcullis.api.agreement.AcceptedTerms;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.request.KeptText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the rules of policies want accepted of a request. Terms that several policies ask for under one id are accepted once, for all of them. */
public final class PolicyAsks {
    private final List<AskedTerms> asked;
    private final Map<String, String> accepted;

    /** @param accepted the revisions that the request accepts, by the ids of the terms */
    public PolicyAsks(List<AskedTerms> asked, Map<String, String> accepted) {
        this.asked = asked;
        this.accepted = accepted;
    }

    /** What the request lacks, or what no request can have. */
    public Optional<Problem> fault() {
        return contradiction().or(this::notAccepted);
    }

    /** What it accepts; as the terms of the first policy that asks for them. */
    public List<AcceptedTerms> accepted() {
        return once().stream()
                .map(one -> new AcceptedTerms(
                        "policy/" + one.policy() + "/" + one.terms().id(),
                        one.terms().revision(),
                        new KeptText(one.terms().text()).sha256()))
                .toList();
    }

    public List<KeptText> texts() {
        return once().stream().map(one -> new KeptText(one.terms().text())).toList();
    }

    private List<AskedTerms> once() {
        List<AskedTerms> once = new ArrayList<>();
        asked.stream().filter(one -> once.stream().noneMatch(one::isNamedLike)).forEach(once::add);
        return once;
    }

    /** A request accepts one revision of an id, and nobody can tell which of two texts that is. */
    private Optional<Problem> contradiction() {
        for (AskedTerms one : once()) {
            Optional<AskedTerms> other = asked.stream()
                    .filter(candidate -> candidate.isNamedLike(one) && !candidate.agreesWith(one))
                    .findFirst();
            if (other.isPresent()) {
                return Optional.of(
                        Problem.healing(
                                "PolicyUnclear",
                                "ApprovalPolicies " + one.policy() + " (revision "
                                        + one.terms().revision() + ") and "
                                        + other.get().policy() + " (revision "
                                        + other.get().terms().revision()
                                        + ") want different texts accepted as terms "
                                        + one.terms().id()
                                        + ", and a request can accept only one: the platform team gives one of them another id, or both the same revision and text"));
            }
        }
        return Optional.empty();
    }

    private Optional<Problem> notAccepted() {
        return once().stream()
                .filter(one ->
                        !one.terms().revision().equals(accepted.get(one.terms().id())))
                .findFirst()
                .map(this::notAccepted);
    }

    private Problem notAccepted(AskedTerms one) {
        String id = one.terms().id();
        @Nullable String said = accepted.get(id);
        return Problem.healing(
                "TermsNotAccepted",
                "ApprovalPolicy " + one.policy() + " has terms " + id + " of revision "
                        + one.terms().revision()
                        + ", and the request accepts " + (said == null ? "none" : said)
                        + ": read them in spec.rules of the policy (kubectl get approvalpolicy " + one.policy()
                        + " -o yaml), then request another agreement with spec.policyTerms: {" + id + ": \""
                        + one.terms().revision() + "\"}; this one cannot be changed");
    }
}
