package dev.portcullis.platform.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.Exposure;
import dev.portcullis.api.platform.ExternalPlatform;
import dev.portcullis.api.port.ExternalObject;
import dev.portcullis.api.port.ExternalObjects;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Selected;
import dev.portcullis.platform.external.profile.ExternalProfile;
import dev.portcullis.platform.external.profile.ProfileParser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pure of profiles and platforms. */
class ExternalModuleTest {
    private final ExternalModule module = new ExternalModule();

    @Test
    void isAskedForWhole() {
        Parsed parsed = module.parse(port(new ExternalObjects(List.of(new ExternalObject("topics/orders", null)))));
        Profile profile = ((Parsed.Ok) parsed).profile();
        assertThat(module.rowFilters(profile)).isEmpty();
        assertThat(module.select(profile, new SelectedObjects(null, "eu-only"), List.of()))
                .isInstanceOfSatisfying(
                        Selected.Unsupported.class,
                        no -> assertThat(no.message()).contains("request another agreement without spec.select"));
    }

    @Test
    void servesItsBlockOnlyAndNeedsNoLogin() {
        assertThat(module.serves(platform())).isTrue();
        assertThat(module.secrets(platform())).isEmpty();
        assertThat(module.serves(new DataPlatformSpec(null, null, null, null, null, null, null, null)))
                .isFalse();
    }

    @Test
    void parsesItsBlockOnly() {
        ExternalObjects objects = new ExternalObjects(List.of(whole("b"), some("a", "y", "x")));

        assertThat(module.parse(port(null))).isInstanceOf(Parsed.None.class);
        ExternalProfile profile = (ExternalProfile) ((Parsed.Ok) module.parse(port(objects))).profile();
        assertThat(profile.canonical()).isEqualTo("external/1 \"a\"(\"x\",\"y\") \"b\"");
        assertThat(module.fromSnapshot(profile.toSnapshot())).contains(profile);
        assertThat(module.fromSnapshot(new SnapshotObjects(null, null))).isEmpty();
    }

    /** Whatever the schema refuses is refused here too: a snapshot is read from a status. */
    @ParameterizedTest
    @ValueSource(strings = {"", " a", "a ", "a*", "*", "a\nb", "a\u200bb", "/a", "a/", "a//b", "..", "a/../b", "./a"})
    void namesThatAreNone(String name) {
        assertThat(ProfileParser.parse(List.of(whole(name)))).isInstanceOf(Parsed.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "topics/orders.v1", "DB.\"S\".t", "名前", "a..b", "..a", "a,b(c)"})
    void namesThatAreSome(String name) {
        assertThat(ProfileParser.parse(List.of(whole(name)))).isInstanceOf(Parsed.Ok.class);
    }

    @Test
    void saysWhatToChange() {
        assertThat(ProfileParser.parse(List.of(whole("a"), whole("a"))))
                .isEqualTo(new Parsed.Bad("external.objects names \"a\" twice: name every object once"));
        assertThat(ProfileParser.parse(List.of(some("a", "p", "p"))))
                .isEqualTo(new Parsed.Bad("external.objects[0].parts names \"p\" twice: name every part once"));
        assertThat(ProfileParser.parse(List.of())).isInstanceOf(Parsed.Bad.class);
        assertThat(ProfileParser.parse(List.of(some("a", "x".repeat(257))))).isInstanceOf(Parsed.Bad.class);
    }

    /** Neither quotes nor commas in a name make two sets read the same. */
    @Test
    void differentSetsReadDifferently() {
        assertThat(List.of(
                                profile(some("a", "b,c")),
                                profile(some("a", "b", "c")),
                                profile(some("a", "b\",\"c")),
                                profile(whole("a(\"b\")")),
                                profile(some("a", "b")))
                        .stream()
                        .map(ExternalProfile::canonical))
                .doesNotHaveDuplicates();
    }

    @Test
    void intersectsAsTablesAndColumnsDo() {
        assertThat(both(profile(whole("a"), whole("b")), profile(whole("b"), whole("c"))))
                .contains(profile(whole("b")));
        assertThat(both(profile(whole("a")), profile(some("a", "x")))).contains(profile(some("a", "x")));
        assertThat(both(profile(some("a", "x", "y")), profile(some("a", "y", "z"))))
                .contains(profile(some("a", "y")));
        assertThat(both(profile(some("a", "x"), whole("b")), profile(some("a", "y"), whole("b"))))
                .contains(profile(whole("b")));
        assertThat(both(profile(some("a", "x")), profile(some("a", "y")))).isEmpty();
        assertThat(both(profile(whole("a")), profile(whole("b")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "topics/orders, topics/orders, true",
        "topics/orders, topics/orders.v2, false",
        "topics/orders*, topics/orders.v2, true",
        "topics/*, topics/orders, true",
        "topics/*, topic, false",
        "*, anything, true",
        "topics/Orders, topics/orders, false"
    })
    void exposesExactlyOrByTheBeginning(String exposed, String name, boolean allowed) {
        assertThat(module.notExposed(platform(exposed), "checkout", profile(whole(name)))
                        .isEmpty())
                .isEqualTo(allowed);
    }

    @Test
    void everyObjectMustBeExposedToExactlyThisNamespace() {
        assertThat(module.notExposed(platform("a"), "checkout", profile(whole("a"), whole("b"))))
                .hasValueSatisfying(why -> assertThat(why).contains("\"b\"", "namespace checkout", "spec.exposes"));
        assertThat(module.notExposed(platform("a"), "finance", profile(whole("a"))))
                .isPresent();
        assertThat(module.notExposed(platform(), "checkout", profile(whole("a"))))
                .isPresent();
    }

    private Optional<Profile> both(ExternalProfile one, ExternalProfile other) {
        return module.intersect(one, other);
    }

    private static ExternalProfile profile(ExternalObject... objects) {
        return Grants.profile(objects);
    }

    private static ExternalObject whole(String name) {
        return new ExternalObject(name, null);
    }

    private static ExternalObject some(String name, String... parts) {
        return new ExternalObject(name, List.of(parts));
    }

    private static OutputPortSpec port(ExternalObjects objects) {
        return new OutputPortSpec("orders", null, "events", null, objects, null, null, null, null, null, null, null);
    }

    private static DataPlatformSpec platform(String... exposed) {
        return new DataPlatformSpec(
                null,
                new ExternalPlatform(),
                null,
                List.of(new Exposure(List.of("checkout"), null, List.of(exposed))),
                null,
                null,
                null,
                null);
    }
}
