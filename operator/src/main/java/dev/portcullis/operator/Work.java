package dev.portcullis.operator;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** What one process does while it is its turn. Ended from another thread than the one that starts it, at any time. */
interface Work extends AutoCloseable {
    /**
     * Returns when it is under way.
     *
     * @return false when it was ended before: then nothing has begun, and nothing will
     */
    boolean start();

    /** False when only a new start helps. */
    boolean isLive();

    boolean isReady();

    /** What it measures. */
    List<MetricSnapshot> metrics();

    /** Returns when nothing is under way any more. */
    @Override
    void close();
}
