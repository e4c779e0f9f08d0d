package dev.portcullis.engine.manifest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/** Looks how deep values are inside each other while they are read, before anything walks down into them. */
final class ShallowParser implements Parser {
    private final Parser parser;
    private final int deepest;
    private final Consumer<Event> tooDeep;
    /** The collections that have begun and not ended, the innermost first. */
    private final Deque<Event> open = new ArrayDeque<>();

    /** @param tooDeep is told of the first value that is too deep, and throws */
    ShallowParser(Parser parser, int deepest, Consumer<Event> tooDeep) {
        this.parser = parser;
        this.deepest = deepest;
        this.tooDeep = tooDeep;
    }

    @Override
    public Event next() {
        Event event = parser.next();
        if (event instanceof CollectionStartEvent) {
            open.push(event);
            if (open.size() > deepest) {
                tooDeep.accept(event);
            }
        }
        if (event instanceof CollectionEndEvent) {
            open.pop();
        }
        return event;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }
}
