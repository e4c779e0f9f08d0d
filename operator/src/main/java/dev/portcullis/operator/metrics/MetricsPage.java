package dev.portcullis.operator.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The page that Prometheus reads. What is on it is counted when it is asked for; whoever asks more often gets the same again. */
public final class MetricsPage {
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final long GOOD_FOR_NANOS = 2_000_000_000L;

    private final Supplier<MetricSnapshots> metrics;
    private final LongSupplier nanoTime;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private byte[] page = {};
    private long madeAt;

    /** @param nanoTime as {@link System#nanoTime} */
    public MetricsPage(Supplier<MetricSnapshots> metrics, LongSupplier nanoTime) {
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    /** Not to be changed: others may be reading the same. */
    public synchronized byte[] get() {
        long now = nanoTime.getAsLong();
        if (page.length == 0 || now - madeAt >= GOOD_FOR_NANOS) {
            page = make();
            madeAt = now;
        }
        return page;
    }

    private byte[] make() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, metrics.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
