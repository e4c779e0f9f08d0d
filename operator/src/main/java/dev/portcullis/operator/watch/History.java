package dev.portcullis.operator.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What the API server says of a kind when it is asked, on another way than by the watch that is looked after. */
interface History {
    /** What was told. */
    sealed interface Told {
        /**
         * Changes in their order.
         *
         * @param revision how far this goes; to be asked from there on
         */
        record UpTo(List<Change> changes, String revision) implements Told {}

        /** The API server does not know any more what happened since. */
        record TooLongAgo() implements Told {}
    }

    /**
     * What has happened since a revision; all of it, or where that is much its beginning.
     *
     * @param path of the kind
     * @param time that the answer takes, in whole seconds: what happens meanwhile belongs to it, and what was not told by then does not
     * @throws IOException when the API server does not answer, or refuses
     */
    Told since(String path, String revision, Duration time) throws IOException;

    /**
     * Everything that is there, each as if it had been changed last.
     *
     * @throws IOException when the API server does not answer, or refuses
     */
    Told.UpTo all(String path) throws IOException;
}
