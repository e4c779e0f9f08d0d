package dev.portcullis.platform.postgresql.filter;

import dev.portcullis.platform.postgresql.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads a filter by recursive descent, within bounds.
 *
 * <pre>
 * any        = all {OR all}
 * all        = one {AND one}
 * one        = NOT one | ( any ) | condition
 * condition  = column ( = | &lt;&gt; | &lt; | &lt;= | &gt; | &gt;= ) value
 *            | column [NOT] IN ( value {, value} ) | column [NOT] BETWEEN value AND value
 *            | column [NOT] LIKE text | column IS [NOT] NULL
 * </pre>
 */
public final class FilterParser {
    /** In characters, as the schema bounds it. */
    private static final int LONGEST = 1024;

    private static final int DEEPEST = 20;
    private static final int MOST_CONDITIONS = 100;
    private static final int MOST_VALUES = 200;

    private final List<Token> tokens;
    private int at;
    private int depth;
    private int conditions;
    private int values;

    private FilterParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The filter, or its first fault. */
    public static ParsedFilter parse(String text) {
        return parse(text, LONGEST);
    }

    /** @param longest in characters */
    static ParsedFilter parse(String text, int longest) {
        if (text.length() > longest) {
            return new ParsedFilter.Bad(new Fault(
                    1, 1, "the filter has " + text.length() + " characters: write one of at most " + longest));
        }
        try {
            FilterParser parser = new FilterParser(Lexer.tokens(text));
            Filter filter = parser.any();
            if (parser.peek().kind() != Kind.END) {
                throw new FilterException(
                        parser.peek(),
                        "the filter goes on here, with " + parser.peek().shown() + ": join conditions with AND or OR");
            }
            return new ParsedFilter.Ok(filter);
        } catch (FilterException e) {
            return new ParsedFilter.Bad(e.fault());
        }
    }

    private Filter any() throws FilterException {
        List<Filter> of = new ArrayList<>(List.of(all()));
        while (skip("OR")) {
            of.add(all());
        }
        return of.size() == 1 ? of.get(0) : new Filter.Any(of);
    }

    private Filter all() throws FilterException {
        List<Filter> of = new ArrayList<>(List.of(one()));
        while (skip("AND")) {
            of.add(one());
        }
        return of.size() == 1 ? of.get(0) : new Filter.All(of);
    }

    private Filter one() throws FilterException {
        Token here = peek();
        if (++depth > DEEPEST) {
            throw new FilterException(here, "brackets and NOT are at most " + DEEPEST + " deep");
        }
        Filter filter;
        if (skip("NOT")) {
            filter = new Filter.Not(one());
        } else if (here.is(Kind.SIGN, "(")) {
            at++;
            filter = any();
            expect(")", "close the bracket");
        } else {
            filter = condition();
        }
        depth--;
        return filter;
    }

    private Filter condition() throws FilterException {
        Token column = next();
        if (column.kind() != Kind.NAME) {
            throw new FilterException(
                    column,
                    "a condition begins with a column, not with " + column.shown()
                            + (column.kind() == Kind.KEYWORD ? "; a column of that name stands in \"\"" : ""));
        }
        if (++conditions > MOST_CONDITIONS) {
            throw new FilterException(column, "a filter has at most " + MOST_CONDITIONS + " conditions");
        }
        Token what = next();
        if (what.is(Kind.KEYWORD, "IS")) {
            boolean not = skip("NOT");
            if (!skip("NULL")) {
                throw new FilterException(peek(), "IS is followed by NULL or NOT NULL");
            }
            return negated(not, new Filter.Missing(column.text()));
        }
        boolean not = what.is(Kind.KEYWORD, "NOT");
        Token how = not ? next() : what;
        if (how.is(Kind.KEYWORD, "IN")) {
            return negated(not, new Filter.OneOf(column.text(), list()));
        }
        if (how.is(Kind.KEYWORD, "BETWEEN")) {
            Value low = value();
            if (!skip("AND")) {
                throw new FilterException(peek(), "BETWEEN takes two values with AND between them");
            }
            return negated(not, new Filter.Between(column.text(), low, value()));
        }
        if (how.is(Kind.KEYWORD, "LIKE")) {
            return negated(not, new Filter.Like(column.text(), pattern()));
        }
        if (not) {
            throw new FilterException(how, "NOT is followed here by IN, BETWEEN or LIKE");
        }
        return new Filter.Comparison(column.text(), operator(how), value());
    }

    private static Filter negated(boolean not, Filter filter) {
        return not ? new Filter.Not(filter) : filter;
    }

    private static Filter.Operator operator(Token sign) throws FilterException {
        if (sign.is(Kind.SIGN, "(")) {
            throw new FilterException(sign, "a filter calls no functions");
        }
        return Stream.of(Filter.Operator.values())
                .filter(one -> sign.is(Kind.SIGN, one.sign()))
                .findFirst()
                .orElseThrow(() -> new FilterException(
                        sign,
                        "a column is followed by = <> < <= > >= IN, BETWEEN, LIKE or IS NULL, not by " + sign.shown()));
    }

    private List<Value> list() throws FilterException {
        expect("(", "IN takes values in brackets");
        List<Value> list = new ArrayList<>(List.of(value()));
        while (peek().is(Kind.SIGN, ",")) {
            at++;
            list.add(value());
        }
        expect(")", "separate values with commas, and close the bracket");
        return list;
    }

    private Value.Text pattern() throws FilterException {
        Token token = peek();
        if (!(value() instanceof Value.Text pattern)) {
            throw new FilterException(token, "LIKE takes a text in ''");
        }
        String text = pattern.text();
        int backslashes = text.length();
        while (backslashes > 0 && text.charAt(backslashes - 1) == '\\') {
            backslashes--;
        }
        if ((text.length() - backslashes) % 2 == 1) {
            throw new FilterException(token, "the pattern ends with a backslash that stands before nothing: double it");
        }
        return pattern;
    }

    private Value value() throws FilterException {
        Token token = next();
        if (++values > MOST_VALUES) {
            throw new FilterException(token, "a filter has at most " + MOST_VALUES + " values");
        }
        if (token.kind() == Kind.TEXT) {
            return new Value.Text(token.text());
        }
        if (token.kind() == Kind.NUMBER) {
            return new Value.Digits(token.text());
        }
        if (token.is(Kind.KEYWORD, "TRUE") || token.is(Kind.KEYWORD, "FALSE")) {
            return new Value.Truth(Boolean.parseBoolean(token.text().toLowerCase(Locale.ROOT)));
        }
        if (token.is(Kind.KEYWORD, "NULL")) {
            throw new FilterException(token, "nothing equals NULL: write IS NULL or IS NOT NULL");
        }
        throw new FilterException(
                token,
                "a value is a text in '', a number, true or false, not " + token.shown()
                        + ": a filter compares columns with literals only");
    }

    private void expect(String sign, String advice) throws FilterException {
        Token token = next();
        if (!token.is(Kind.SIGN, sign)) {
            throw new FilterException(token, advice + ": " + sign + " is missing before " + token.shown());
        }
    }

    private boolean skip(String keyword) {
        boolean there = peek().is(Kind.KEYWORD, keyword);
        if (there) {
            at++;
        }
        return there;
    }

    private Token peek() {
        return tokens.get(at);
    }

    /** The end stays where it is. */
    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }
}
