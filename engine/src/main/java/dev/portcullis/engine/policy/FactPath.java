package dev.portcullis.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A part of the facts that an expression looks at: two requests that agree in all parts it looks at have the same answer. */
final class FactPath {
    /** What is not known. */
    static final Object ABSENT = new Object();

    /** A list that is too long to keep anything by it. */
    static final Object TOO_LONG = new Object();

    /** Which part of a variable. */
    enum Of {
        /** Its fields, one inside the other; none: all of it. */
        ITSELF,
        /** The same of each element of a list. */
        EACH,
        /** How many elements a list has. */
        COUNT
    }

    private final String variable;
    private final Of of;
    private final List<String> fields;

    FactPath(String variable, Of of, List<String> fields) {
        this.variable = variable;
        this.of = of;
        this.fields = List.copyOf(fields);
    }

    String variable() {
        return variable;
    }

    Object in(Map<String, ?> facts) {
        Object value = facts.get(variable);
        if (value == null) {
            return ABSENT;
        }
        if (value instanceof List<?> list && list.size() > Condition.LONGEST) {
            return TOO_LONG;
        }
        if (of == Of.ITSELF || !(value instanceof List<?> list)) {
            return inside(value);
        }
        if (of == Of.COUNT) {
            return list.size();
        }
        List<Object> each = new ArrayList<>(list.size());
        for (Object element : list) {
            Object part = inside(element);
            if (part == TOO_LONG) {
                // inside of another value nobody would see that it stands for many
                return TOO_LONG;
            }
            each.add(part);
        }
        return each;
    }

    private Object inside(Object value) {
        Object at = value;
        for (String field : fields) {
            if (!(at instanceof Map<?, ?> map)) {
                return at;
            }
            at = map.get(field);
            if (at == null) {
                return ABSENT;
            }
        }
        return at instanceof List<?> list && list.size() > Condition.LONGEST ? TOO_LONG : at;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof FactPath path
                        && variable.equals(path.variable)
                        && of == path.of
                        && fields.equals(path.fields));
    }

    @Override
    public int hashCode() {
        return Objects.hash(variable, of, fields);
    }

    @Override
    public String toString() {
        String inside = fields.isEmpty() ? "" : "." + String.join(".", fields);
        return switch (of) {
            case ITSELF -> variable + inside;
            case EACH -> variable + "[]" + inside;
            case COUNT -> variable + ".size()";
        };
    }
}
