package dev.portcullis.operator;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Escapes what JSON lets stand and YAML does not. What is applied is read as YAML by the API server, which refuses most control characters as they are and
 * folds line separators, so that one of them in any text of a tenant's would keep a status from being written.
 */
final class YamlSafeEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7F;

    private final int[] ascii = standardAsciiEscapesForJSON();

    YamlSafeEscapes() {
        ascii[DELETE] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return isUnsafe(character) ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", character)) : null;
    }

    private static boolean isUnsafe(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            // the two that are no characters
            default -> character == 0xFFFE || character == 0xFFFF;
        };
    }
}
