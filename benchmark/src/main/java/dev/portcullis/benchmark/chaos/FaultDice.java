package dev.portcullis.benchmark.chaos;

import java.util.List;
import java.util.Random;

/** Draws what breaks next. */
final class FaultDice {
    private final Random random;

    FaultDice(Random random) {
        this.random = random;
    }

    Fault next() {
        List<Fault> all = List.of(new OperatorKilled());
        return all.get(random.nextInt(all.size()));
    }
}
