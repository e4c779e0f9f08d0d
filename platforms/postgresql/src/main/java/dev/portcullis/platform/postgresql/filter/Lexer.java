package dev.portcullis.platform.postgresql.filter;

import dev.portcullis.platform.postgresql.filter.Token.Kind;
import dev.portcullis.platform.postgresql.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a text apart. Only what the language has gets through: no comment, no parameter, no cast, no semicolon, no dollar quote. */
final class Lexer {
    private static final String DIGITS = "0123456789";
    private static final int MOST_DIGITS = 40;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Lexer(String text) {
        this.text = text;
    }

    /** All tokens, and one for the end. */
    static List<Token> tokens(String text) throws FilterException {
        return new Lexer(text).all();
    }

    private List<Token> all() throws FilterException {
        while (true) {
            space();
            if (at >= text.length()) {
                tokens.add(token(Kind.END, ""));
                return tokens;
            }
            tokens.add(next());
        }
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            if (text.charAt(at) == '\n') {
                line++;
                lineStart = at + 1;
            }
            at++;
        }
    }

    private Token next() throws FilterException {
        char first = text.charAt(at);
        if (first == '\'') {
            Token start = token(Kind.TEXT, "");
            String quoted = quoted('\'', "a text");
            if (quoted.chars().anyMatch(Character::isISOControl) || !wellFormed(quoted)) {
                throw new FilterException(start, "a text has no control characters, and no half characters");
            }
            return new Token(Kind.TEXT, quoted, start.line(), start.column());
        }
        if (first == '"') {
            Token start = token(Kind.NAME, "");
            String name = quoted('"', "a name");
            Optional<String> problem = Identifier.problem(name);
            if (problem.isPresent()) {
                throw new FilterException(start, "this name " + problem.get());
            }
            return new Token(Kind.NAME, name, start.line(), start.column());
        }
        if (isLetter(first)) {
            return word();
        }
        if (DIGITS.indexOf(first) >= 0 || (first == '-' && isDigit(at + 1))) {
            return number();
        }
        return sign();
    }

    private static boolean wellFormed(String value) {
        return value.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** Up to the quote that is not doubled. */
    private String quoted(char quote, String what) throws FilterException {
        Token start = token(Kind.SIGN, String.valueOf(quote));
        StringBuilder inside = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == '\n') {
                break;
            }
            if (one == quote) {
                if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                    i++;
                } else {
                    at = i + 1;
                    return inside.toString();
                }
            }
            inside.append(one);
        }
        throw new FilterException(start, what + " begins here and does not end on its line: close it with " + quote);
    }

    private Token word() throws FilterException {
        int end = at;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(end))) {
            end++;
        }
        Token word = Token.word(text.substring(at, end), line, column());
        if (word.kind() == Kind.NAME && Identifier.problem(word.text()).isPresent()) {
            throw new FilterException(word, "this name is too long for a column");
        }
        at = end;
        return word;
    }

    private Token number() throws FilterException {
        int end = at + 1;
        while (isDigit(end)) {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '.' && isDigit(end + 1)) {
            end++;
            while (isDigit(end)) {
                end++;
            }
        }
        Token number = token(Kind.NUMBER, text.substring(at, end));
        if (end - at > MOST_DIGITS) {
            throw new FilterException(number, "a number has at most " + MOST_DIGITS + " digits");
        }
        if (end < text.length() && (isLetter(text.charAt(end)) || text.charAt(end) == '.')) {
            throw new FilterException(number, "a number has digits, and a point with digits after it: no letters");
        }
        at = end;
        return number;
    }

    private Token sign() throws FilterException {
        String two = text.substring(at, Math.min(at + 2, text.length()));
        boolean pair = two.equals("<>") || two.equals("<=") || two.equals(">=") || two.equals("!=");
        String sign = pair ? two : two.substring(0, 1);
        Token token = token(Kind.SIGN, sign.equals("!=") ? "<>" : sign);
        if (two.equals("--") || two.equals("/*")) {
            throw new FilterException(token, "a filter has no comments");
        }
        if (two.equals("::")) {
            throw new FilterException(token, "a filter has no casts: the literal is taken for what the column is");
        }
        if (!pair && "=<>(),".indexOf(sign.charAt(0)) < 0) {
            throw new FilterException(
                    token,
                    "a filter has columns, texts in '', numbers, the comparisons = <> < <= > >=, IN, BETWEEN, LIKE, IS NULL, AND, OR, NOT and brackets; other names than letters, digits and _ stand in \"\"");
        }
        at += sign.length();
        return token;
    }

    private Token token(Kind kind, String of) {
        return new Token(kind, of, line, column());
    }

    private int column() {
        return at - lineStart + 1;
    }

    private boolean isDigit(int where) {
        return where < text.length() && DIGITS.indexOf(text.charAt(where)) >= 0;
    }

    private static boolean isLetter(char one) {
        return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || one == '_';
    }
}
