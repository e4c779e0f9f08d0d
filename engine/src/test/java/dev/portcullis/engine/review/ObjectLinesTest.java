package dev.portcullis.engine.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.port.ExternalObject;
import dev.portcullis.api.port.ExternalObjects;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.RowFilter;
import dev.portcullis.api.port.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What exactly is asked for, a line for each object: nothing of it may be left out. */
class ObjectLinesTest {
    @Test
    void rowsAreNamedWithTheirText() {
        var objects = new PostgresqlObjects(
                "shop",
                "sales",
                List.of(new Table("orders", List.of("id", "amount")), new Table("items", List.of())),
                List.of(new RowFilter("eu-only", "country = 'DE'")));

        assertThat(ObjectLines.of(new SnapshotObjects(objects, null)))
                .containsExactly("shop.sales.orders (id, amount)", "shop.sales.items", "rows eu-only: country = 'DE'");
    }

    @Test
    void soAreThingsOfOtherPlatforms() {
        var objects = new ExternalObjects(List.of(
                new ExternalObject("topic/orders", List.of("0", "1")), new ExternalObject("bucket", List.of())));

        assertThat(ObjectLines.of(new SnapshotObjects(null, objects))).containsExactly("topic/orders (0, 1)", "bucket");
    }
}
