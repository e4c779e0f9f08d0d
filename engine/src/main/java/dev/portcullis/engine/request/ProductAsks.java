package dev.portcullis.engine.request;

import dev.portcullis.api.FirstFew;
import dev.portcullis.api.agreement.AcceptedTerms;
import dev.portcullis.api.agreement.AnsweredQuestion;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.product.Question;
import dev.portcullis.api.product.Terms;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.Shortened;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a data product asks of a request: that its terms are accepted and its questions answered. */
public final class ProductAsks {
    private static final String TERMS = "product";

    /** So many texts of questions are said in one message. */
    private static final int SAID = 3;

    private static final int LONGEST_QUESTION = 300;

    private final DataProduct product;
    private final DataUsageAgreementSpec request;

    public ProductAsks(DataProduct product, DataUsageAgreementSpec request) {
        this.product = product;
        this.request = request;
    }

    /** What the request lacks. */
    Optional<Problem> fault() {
        return termsFault().or(this::unknownAnswer).or(this::missingAnswers);
    }

    /** What it accepts. */
    List<AcceptedTerms> accepted() {
        return terms().stream()
                .map(terms -> new AcceptedTerms(TERMS, terms.revision(), new KeptText(terms.text()).sha256()))
                .toList();
    }

    /** What it answers. */
    List<AnsweredQuestion> answered() {
        return questions().stream()
                .filter(this::isAnswered)
                .map(question -> new AnsweredQuestion(question.id(), new KeptText(question.text()).sha256()))
                .toList();
    }

    /** The texts of both. */
    public List<KeptText> texts() {
        List<KeptText> texts = new ArrayList<>();
        terms().ifPresent(terms -> texts.add(new KeptText(terms.text())));
        questions().stream().filter(this::isAnswered).forEach(question -> texts.add(new KeptText(question.text())));
        return texts;
    }

    private Optional<Problem> termsFault() {
        @Nullable String accepted = request.acceptedTerms();
        return terms().filter(terms -> !terms.revision().equals(accepted))
                .map(terms -> Problem.healing(
                        "TermsNotAccepted",
                        name() + " has terms of revision " + terms.revision() + ", and the request accepts "
                                + (accepted == null ? "none" : accepted) + ": read spec.terms.text of " + name()
                                + ", then request another agreement with spec.acceptedTerms: \"" + terms.revision()
                                + "\"; this one cannot be changed"));
    }

    /** A typing error must not look like an answer. */
    private Optional<Problem> unknownAnswer() {
        List<String> asked = questions().stream().map(Question::id).toList();
        return request.answers().keySet().stream()
                .filter(id -> !asked.contains(id))
                .sorted()
                .findFirst()
                .map(
                        id -> Problem.healing(
                                "AnswerUnknown",
                                name() + " does not ask " + id + ", which the request answers; it asks "
                                        + (asked.isEmpty() ? "nothing" : String.join(", ", asked))
                                        + ": request another agreement with other spec.answers, since this one cannot be changed"));
    }

    private Optional<Problem> missingAnswers() {
        List<Question> missing = questions().stream()
                .filter(question -> question.required() && !isAnswered(question))
                .toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        List<String> said = missing.stream()
                .map(question -> question.id() + " (" + Shortened.to(LONGEST_QUESTION, question.text()) + ")")
                .toList();
        return Optional.of(
                Problem.healing(
                        "AnswersMissing",
                        name() + " has questions that the request does not answer: " + FirstFew.of(SAID, said)
                                + "; request another agreement that answers them in spec.answers, since this one cannot be changed"));
    }

    private boolean isAnswered(Question question) {
        return !request.answers().getOrDefault(question.id(), "").isBlank();
    }

    private Optional<Terms> terms() {
        return Optional.ofNullable(product.getSpec().terms());
    }

    private List<Question> questions() {
        return product.getSpec().questions();
    }

    private String name() {
        return "DataProduct " + product.getMetadata().getName() + " in namespace "
                + product.getMetadata().getNamespace();
    }
}
