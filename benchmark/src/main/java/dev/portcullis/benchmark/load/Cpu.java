package dev.portcullis.benchmark.load;

import java.util.Map;
import java.util.TreeMap;

/** CPU seconds that the operator and its servers have used, by name. */
record Cpu(Map<String, Double> seconds) {
    static Cpu now(Servers servers) {
        Map<String, Double> all = new TreeMap<>();
        servers.processes().forEach((name, pid) -> all.put(name, ProcessUse.cpuSeconds(pid)));
        return new Cpu(all);
    }

    Cpu since(Cpu before) {
        Map<String, Double> more = new TreeMap<>();
        seconds.forEach((name, now) -> more.put(name, now - before.seconds.getOrDefault(name, 0.0)));
        return new Cpu(more);
    }

    double sum() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
