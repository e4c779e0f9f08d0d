package dev.portcullis.cli.report;

/** A form in which a plan is shown. */
@FunctionalInterface
public interface Renderer {
    /** The whole text, ending with a line break. */
    String text(PlanResult plan);
}
