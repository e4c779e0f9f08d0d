package dev.portcullis.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port offers less, and somebody asks for it of whom no folder says what was decided. */
class UndecidedLossesTest {
    private static final String OFFER = "50-offer.yaml";
    private static final String WHOLE = "tables: [{name: orders}]";
    private static final String TWO = "tables: [{name: orders, columns: [id, placed_at]}, {name: returns}]";

    @TempDir
    private Path folder;

    private PlannedFolders folders;

    @BeforeEach
    void copySamples() throws IOException {
        folders = new PlannedFolders(folder);
        PlannedFolders.edit(folders.before, OFFER, WHOLE, TWO);
    }

    private void asks(String select) throws IOException {
        for (Path side : new Path[] {folders.before, folders.after}) {
            PlannedFolders.edit(
                    side,
                    "62-agreement-manual.yaml",
                    "consumer: {user: taylor@example.com}",
                    "consumer: {user: taylor@example.com}\n  select: " + select);
        }
    }

    /** What waits is nothing that the change brings about. */
    @Test
    void itIsNoNewRequestThatWaits() throws IOException {
        folders.edit(OFFER, WHOLE, "tables: [{name: orders, columns: [id]}]");

        assertThat(folders.plan("--fail-on", "waiting").code()).isZero();
        assertThat(folders.plan("-o", "json").out())
                .contains("\"outcome\" : \"Same\"", "\"mayLose\" : true", "\"keeps\" : [ \"shop.sales.orders (id)\" ]");
    }

    @Test
    void aPausedPortMayTakeItAll() throws IOException {
        folders.edit(
                OFFER,
                "platform: warehouse\n  postgresql:\n    database: shop\n    schema: sales\n    " + WHOLE,
                "platform: warehouse\n  suspend: true\n  postgresql:\n    database: shop\n    schema: sales\n    "
                        + TWO);

        assertThat(folders.plan().out())
                .contains("marketing/churn-orders", "which folders do not say, its access is revoked");
    }

    private Ran offers(String tables) throws IOException {
        folders.edit(OFFER, WHOLE, tables);
        return folders.plan("--fail-on", "revoke");
    }

    @Test
    void whatIsAskedForAndNotOfferedAnyMoreMayBeLost() throws IOException {
        asks("{tables: [{name: returns}]}");

        Ran ran = offers("tables: [{name: orders, columns: [id, placed_at]}]");

        assertThat(ran.out())
                .contains("~ marketing/churn-orders waits as before; ")
                .contains("if it was approved in the cluster, which folders do not say, its access is revoked");
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void whatIsPartlyOfferedMayBeLostInPart() throws IOException {
        Ran ran = offers("tables: [{name: orders, columns: [id]}]");

        assertThat(ran.out())
                .contains("~ marketing/churn-orders")
                .contains(
                        "if it was approved in the cluster, which folders do not say, it gives shop.sales.orders (id) instead of shop.sales.orders (id, placed_at), shop.sales.returns");
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void whatStaysOfferedIsNotTold() throws IOException {
        asks("{tables: [{name: orders, columns: [id]}]}");

        assertThat(offers("tables: [{name: orders, columns: [id]}]").out()).doesNotContain("churn-orders");
    }
}
