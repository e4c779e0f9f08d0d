package dev.portcullis.benchmark;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.policy.PolicyExpressions;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.platform.postgresql.PostgresqlModule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A full re-evaluation of 100,000 agreements in the engine, on one thread: what an operator does at its start, and when everything has changed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx3g", "-XX:+UseSerialGC"})
public class ReevaluationBenchmark {
    private static final int AGREEMENTS = 100_000;
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** How many policies there are; 0 tells what all else costs. */
    @Param({"0", "50"})
    private int policies;

    private BigMesh mesh = new BigMesh(0);
    private final PolicyExpressions expressions = new PolicyExpressions();

    @Setup
    public void found() {
        mesh = new BigMesh(policies);
    }

    /** Requests that nobody has looked at. */
    @State(Scope.Benchmark)
    public static class Asked {
        private List<DataUsageAgreement> agreements = List.of();

        @Setup
        public void ask(ReevaluationBenchmark company) {
            agreements = company.mesh.requests(AGREEMENTS, NOW.toString());
        }
    }

    /** The same, looked at once. */
    @State(Scope.Benchmark)
    public static class Judged {
        private List<DataUsageAgreement> agreements = List.of();

        @Setup
        public void judge(ReevaluationBenchmark company) {
            agreements = company.mesh.requests(AGREEMENTS, NOW.toString());
            AgreementEngine engine = company.engine();
            agreements.forEach(agreement -> agreement.setStatus(assess(engine, agreement)));
        }
    }

    /** Every rule of every policy is asked about each. As slow as it can be. */
    @Benchmark
    public void allAreNew(Asked asked, Blackhole hole) {
        AgreementEngine engine = engine();
        asked.agreements.forEach(agreement -> hole.consume(assess(engine, agreement)));
    }

    /** What policies said is kept with each: a restart. */
    @Benchmark
    public void allWereJudged(Judged judged, Blackhole hole) {
        AgreementEngine engine = engine();
        judged.agreements.forEach(agreement -> hole.consume(assess(engine, agreement)));
    }

    private static DataUsageAgreementStatus assess(AgreementEngine engine, DataUsageAgreement agreement) {
        return engine.assess(agreement, new Guard.Whole(Instant.EPOCH), Optional.empty(), Clocks.inSync(NOW))
                .status();
    }

    private AgreementEngine engine() {
        return new AgreementEngine(
                mesh,
                new PlatformModules(List.of(new PostgresqlModule())),
                new PrincipalMapper(new PrincipalExpressions()),
                expressions);
    }
}
