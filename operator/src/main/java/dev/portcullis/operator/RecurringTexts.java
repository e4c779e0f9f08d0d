package dev.portcullis.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.portcullis.operator.memory.Recurring;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts so that equal ones are kept once: three of four texts of an agreement, by their size, stand in others too (who asked, for what, the sentences of
 * conditions, what the API server notes of writers).
 */
final class RecurringTexts extends SimpleModule {
    private static final long serialVersionUID = 1;

    private static final int MOST = 1 << 14;
    /** Whoever may write an object may fill it with long ones: those are not remembered. */
    private static final int LONGEST = 256;

    private final transient Recurring<String> texts = new Recurring<>(MOST);

    RecurringTexts() {
        super("recurring-texts");
        addDeserializer(String.class, new Values());
        addKeyDeserializer(String.class, new Keys());
    }

    private String same(String text) {
        return text.length() > LONGEST ? text : texts.same(text);
    }

    private final class Values extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1;

        Values() {
            super(String.class);
        }

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            @Nullable String text = StringDeserializer.instance.deserialize(parser, context);
            return text == null ? null : same(text);
        }
    }

    private final class Keys extends KeyDeserializer {
        @Override
        public String deserializeKey(String key, DeserializationContext context) {
            return same(key);
        }
    }
}
