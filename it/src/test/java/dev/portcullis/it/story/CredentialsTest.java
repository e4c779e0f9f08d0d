package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.local.ShopDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator's login changes under its hands; the server asks for passwords. */
class CredentialsTest {
    private static final Duration SECONDS = Duration.ofSeconds(12);

    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();
    private final StoryPlatform platform = new StoryPlatform(story);
    private final String login = "op_" + story.warehouse.replace('-', '_');
    private final String secret = story.warehouse + "-admin";

    @BeforeEach
    void aLoginOfItsOwn() {
        createLogin(login, "first");
        secretSays(login, "first");
        platform.patch("{\"spec\":{\"postgresql\":{\"credentials\":{\"name\":\"" + secret + "\"}}}}");
        platform.awaitReady(Installation.SOON);
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("stays", "orders", story.taylor, "");
        story.request("goes", "orders", story.quinn, "");
        story.awaitPhase("stays", Phase.Active);
        story.awaitPhase("goes", Phase.Active);
    }

    @Test
    void thePasswordChangesOnTheServerFirst() {
        String version = version("stays");
        sql("ALTER ROLE " + login + " PASSWORD 'pw-2'");
        cutOff(login);

        awaitLoginRefused();
        story.delete("goes");
        assertThat(story.agreement("goes")).as("waits for its revoke").isNotNull();
        secretSays(login, "pw-2");

        platform.awaitReady(SECONDS);
        awaitMadeUpFor(version);
    }

    @Test
    void thePasswordChangesInTheSecretFirst() {
        String version = version("stays");
        secretSays(login, "pw-2");
        cutOff(login);

        awaitLoginRefused();
        story.delete("goes");
        sql("ALTER ROLE " + login + " PASSWORD 'pw-2'");

        platform.awaitReady(Installation.SOON);
        awaitMadeUpFor(version);
    }

    @Test
    void thePasswordExpires() {
        String version = version("stays");
        sql("ALTER ROLE " + login + " VALID UNTIL '2020-01-01'");
        cutOff(login);

        assertThat(awaitLoginRefused()).contains("VALID UNTIL");
        story.delete("goes");
        sql("ALTER ROLE " + login + " VALID UNTIL 'infinity'");

        platform.awaitReady(Installation.SOON);
        awaitMadeUpFor(version);
    }

    /** Before the old one ends: nobody notices but the Secret's author. */
    @Test
    void anotherLoginTakesItsPlace() {
        String version = version("stays");
        String since = platform.condition("Ready").orElseThrow().lastTransitionTime();
        List<List<String>> grants = grants();
        String next = login + "_next";
        createLogin(next, "another");

        secretSays(next, "another");
        Installation.await("the old login is used no more", () -> connections(login) == 0 && connections(next) > 0);
        sql("DROP ROLE " + login);
        story.delete("goes");

        awaitMadeUpFor(version);
        assertThat(platform.condition("Ready").orElseThrow().lastTransitionTime())
                .isEqualTo(since);
        assertThat(grants()).as("by the role, whoever logs in").hasSize(1).isSubsetOf(grants);
    }

    private void createLogin(String name, String password) {
        sql("CREATE ROLE " + name + " LOGIN NOINHERIT PASSWORD '" + password + "' IN ROLE "
                + ShopDatabase.OPERATOR_ROLE);
    }

    private void secretSays(String name, String password) {
        platform.secret(secret, Map.of("username", name, "password", password));
    }

    private void sql(String statement) {
        story.shop().execute("postgres", statement);
    }

    /** Open connections go on after a change of the password: these end, as they do sooner or later. */
    private void cutOff(String name) {
        story.shop().look("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + name + "'");
    }

    private long connections(String name) {
        return Long.parseLong(story.shop()
                .look("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + name + "'")
                .get(0)
                .get(0));
    }

    private String awaitLoginRefused() {
        String message = platform.awaitReason(Installation.SOON, "Reachable", "LoginRefused");
        assertThat(message).contains("portcullis-system/" + secret, "28P01").doesNotContain("pw-2", login);
        assertThat(platform.condition("Ready").orElseThrow().reason()).isEqualTo("LoginRefused");
        return message;
    }

    private void awaitMadeUpFor(String version) {
        Installation.await("goes is gone", () -> story.agreement("goes") == null);
        assertThat(story.holders(story.portUid("orders"))).containsExactly(Story.login(story.taylor));
        assertThat(story.reads(story.quinn, "orders")).isFalse();
        assertThat(version("stays"))
                .as("an outage is no write on any agreement")
                .isEqualTo(version);
    }

    private String version(String agreement) {
        return story.agreement(agreement).getMetadata().getResourceVersion();
    }

    private List<List<String>> grants() {
        return story.shop()
                .look("SELECT m.oid, m.grantor::regrole FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
                        + " WHERE shobj_description(r.oid, 'pg_authid') LIKE '%port=" + story.portUid("orders")
                        + " %' AND m.member <> 'portcullis'::regrole");
    }
}
