package dev.portcullis.cli.document;

import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Quotes every text of which any reader of YAML, of 1.1 or 1.2, might make something else: dates, versions, numbers, words like "on". What is left bare begins
 * with a letter and has nothing in it that YAML has a use for.
 */
final class Quoting extends StringQuotingChecker {
    private static final long serialVersionUID = 1L;

    // no group is repeated in any of these: that would take a frame of the stack for each character of a long text
    private static final Pattern BARE = Pattern.compile("[A-Za-z][-A-Za-z0-9_./@+()';=?&%,: ]*");

    /** What means something between such characters. */
    private static final Pattern SPECIAL = Pattern.compile(":(?: |$)| (?: |$)");

    /** A line that a literal block gives back as it is. */
    private static final Pattern LINE = Pattern.compile("[!-~](?:[ -~]*[!-~])?");

    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "inf", "nan");

    @Override
    public boolean needToQuoteName(String name) {
        return needToQuoteValue(name);
    }

    @Override
    public boolean needToQuoteValue(String value) {
        if (value.indexOf('\n') >= 0) {
            return !isOfLines(value);
        }
        return WORDS.contains(value.toLowerCase(Locale.ROOT))
                || !BARE.matcher(value).matches()
                || SPECIAL.matcher(value).find();
    }

    /** Two or more, the last of which may be ended. */
    private static boolean isOfLines(String value) {
        String[] lines = value.split("\n", -1);
        int last = lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
        return last > 1
                && Arrays.stream(lines, 0, last)
                        .allMatch(line -> LINE.matcher(line).matches());
    }
}
