package dev.portcullis.cli.document;

import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Quotes every text of which any reader of YAML, of 1.1 or 1.2, might make something else: dates, versions, numbers, words like "on". What is left bare begins
 * with a letter and has nothing in it that YAML has a use for.
 */
final class Quoting extends StringQuotingChecker {
    private static final long serialVersionUID = 1L;

    private static final Pattern BARE = Pattern.compile("[A-Za-z](?:[-A-Za-z0-9_./@+()';=?&%,]|:(?=\\S)| (?=[^ #]))*");

    /** Several lines that a literal block gives back as they are. */
    private static final Pattern LINES = Pattern.compile("(?:[!-~](?:[ -~]*[!-~])?\\n)+[!-~](?:[ -~]*[!-~])?\\n?");

    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "inf", "nan");

    @Override
    public boolean needToQuoteName(String name) {
        return needToQuoteValue(name);
    }

    @Override
    public boolean needToQuoteValue(String value) {
        if (value.indexOf('\n') >= 0) {
            return !LINES.matcher(value).matches();
        }
        return WORDS.contains(value.toLowerCase(Locale.ROOT))
                || !BARE.matcher(value).matches();
    }
}
