package dev.portcullis.platform.postgresql.filter;

import java.io.Serial;

/** The first fault, on its way out of the parser. */
final class FilterException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    FilterException(Fault fault) {
        super(fault.message(), null, false, false);
        this.fault = fault;
    }

    FilterException(Token at, String message) {
        this(new Fault(at.line(), at.column(), message));
    }

    Fault fault() {
        return fault;
    }
}
