package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastResortTest {
    private final AtomicInteger halts = new AtomicInteger();
    private final LastResort lastResort = new LastResort(halts::incrementAndGet);

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
    void aThreadThatEndsByWhatNobodyCaughtEndsTheProcess(Class<? extends Throwable> problem) throws Exception {
        endedBy(problem.getDeclaredConstructor().newInstance());

        assertThat(halts).hasValue(1);
    }

    @Test
    void anExceptionIsNoReasonToBreakAnOrderlyEndOffButAnErrorIs() throws InterruptedException {
        lastResort.letItEnd();

        endedBy(new IllegalStateException("no more work is taken"));
        assertThat(halts).hasValue(0);

        endedBy(new OutOfMemoryError());
        assertThat(halts).hasValue(1);
    }

    @Test
    void itEndsAlsoWhereTheProblemCannotBeLogged() {
        IllegalStateException unspeakable = new IllegalStateException() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new OutOfMemoryError();
            }
        };

        assertThatThrownBy(() -> lastResort.uncaughtException(Thread.currentThread(), unspeakable))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(halts).hasValue(1);
    }

    private void endedBy(Throwable problem) throws InterruptedException {
        Thread thread = new Thread(() -> {
            throw sneaky(problem);
        });
        thread.setUncaughtExceptionHandler(lastResort);
        thread.start();
        thread.join();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable problem) throws T {
        throw (T) problem;
    }
}
