package dev.portcullis.operator.given;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** The lines of the audit log that are written during a test; of all tests that run at the time, so such a test runs alone. */
public final class AuditLines implements BeforeEachCallback, AfterEachCallback {
    private static final Logger AUDIT = (Logger) LoggerFactory.getLogger("audit");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        lines.start();
        AUDIT.addAppender(lines);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        AUDIT.detachAppender(lines);
    }

    public List<JsonNode> all() {
        return texts().stream().map(AuditLines::parse).toList();
    }

    /** As they stand in the log. */
    public List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    public List<Level> levels() {
        return lines.list.stream().map(ILoggingEvent::getLevel).toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
