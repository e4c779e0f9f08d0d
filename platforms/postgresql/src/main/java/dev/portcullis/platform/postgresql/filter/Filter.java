package dev.portcullis.platform.postgresql.filter;

import java.util.List;
import java.util.stream.Stream;

/** Which rows of a table, by its columns. */
public sealed interface Filter {
    /** The columns that are looked at. */
    Stream<String> columns();

    /** All of them hold; at least two. */
    record All(List<Filter> of) implements Filter {
        public All {
            of = List.copyOf(of);
        }

        @Override
        public Stream<String> columns() {
            return of.stream().flatMap(Filter::columns);
        }
    }

    /** One of them holds; at least two. */
    record Any(List<Filter> of) implements Filter {
        public Any {
            of = List.copyOf(of);
        }

        @Override
        public Stream<String> columns() {
            return of.stream().flatMap(Filter::columns);
        }
    }

    /** It does not hold. */
    record Not(Filter of) implements Filter {
        @Override
        public Stream<String> columns() {
            return of.columns();
        }
    }

    /** A column's value compared with another. */
    record Comparison(String column, Operator operator, Value value) implements Filter {
        @Override
        public Stream<String> columns() {
            return Stream.of(column);
        }
    }

    /** A column's value is one of these; at least one. */
    record OneOf(String column, List<Value> values) implements Filter {
        public OneOf {
            values = List.copyOf(values);
        }

        @Override
        public Stream<String> columns() {
            return Stream.of(column);
        }
    }

    /** A column's value is between these, or is one of them. */
    record Between(String column, Value low, Value high) implements Filter {
        @Override
        public Stream<String> columns() {
            return Stream.of(column);
        }
    }

    /** A column's text looks like this: % is anything, _ any one character, a backslash takes the next one as it is. */
    record Like(String column, Value.Text pattern) implements Filter {
        @Override
        public Stream<String> columns() {
            return Stream.of(column);
        }
    }

    /** A column has no value. */
    record Missing(String column) implements Filter {
        @Override
        public Stream<String> columns() {
            return Stream.of(column);
        }
    }

    /** How values are compared. */
    enum Operator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** As it is written. */
        public String sign() {
            return sign;
        }
    }
}
