package dev.portcullis.platform.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.Exposure;
import dev.portcullis.api.platform.PostgresqlExposure;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresqlModuleTest {
    private static final DataPlatformSpec PLATFORM = new DataPlatformSpec(
            new dev.portcullis.api.platform.PostgresqlServer("h", null, null, null, null, null, null),
            null,
            null,
            List.of(
                    new Exposure(
                            List.of("checkout"),
                            List.of(new PostgresqlExposure("shop", List.of("sales", "stock"))),
                            null),
                    new Exposure(
                            List.of("hr", "finance"), List.of(new PostgresqlExposure("people", List.of("pay"))), null)),
            null,
            null,
            null,
            null);

    private final PostgresqlModule module = new PostgresqlModule();

    @Test
    void servesPlatformsWithItsBlock() {
        assertThat(module.serves(PLATFORM)).isTrue();
        assertThat(module.serves(new DataPlatformSpec(null, null, null, null, null, null, null, null)))
                .isFalse();
    }

    @Test
    void parsesItsBlockOnly() {
        PostgresqlObjects objects = new PostgresqlObjects("shop", "sales", List.of(new Table("orders", null)), null);
        assertThat(module.parse(port(objects))).isEqualTo(new Parsed.Ok(Shop.ORDERS));
        assertThat(module.parse(port(null))).isInstanceOf(Parsed.None.class);
        assertThat(module.fromSnapshot(new SnapshotObjects(objects, null))).contains(Shop.ORDERS);
        assertThat(module.fromSnapshot(Shop.ORDERS.toSnapshot())).contains(Shop.ORDERS);
        assertThat(module.fromSnapshot(new SnapshotObjects(null, null))).isEmpty();
        assertThat(module.fromSnapshot(new SnapshotObjects(new PostgresqlObjects("shop", "", null, null), null)))
                .isEmpty();
    }

    private static OutputPortSpec port(PostgresqlObjects objects) {
        return new OutputPortSpec("orders", null, "warehouse", objects, null, null, null, null, null, null, null, null);
    }

    @Test
    void nothingIsExposedThatIsNotNamed() {
        assertThat(module.notExposed(PLATFORM, "checkout", Shop.ORDERS)).isEmpty();
        assertThat(module.notExposed(PLATFORM, "hr", Shop.ORDERS))
                .hasValueSatisfying(why -> assertThat(why).contains("\"sales\"", "\"shop\"", "hr", "spec.exposes"));
        assertThat(module.notExposed(PLATFORM, "checkout", Shop.profile("shop", "private", "t")))
                .isPresent();
        assertThat(module.notExposed(PLATFORM, "checkout", Shop.profile("people", "sales", "t")))
                .isPresent();
        assertThat(module.notExposed(PLATFORM, "finance", Shop.profile("people", "pay", "t")))
                .isEmpty();
        assertThat(module.notExposed(
                        new DataPlatformSpec(null, null, null, null, null, null, null, null), "checkout", Shop.ORDERS))
                .isPresent();
    }

    @Test
    void saysWhichViewsToRead() {
        assertThat(module.usage(Shop.OWNER, Shop.PORT, Shop.ORDERS)).isEmpty();
        assertThat(module.usage(Shop.OWNER, Shop.PORT, RowFilterTest.filtered("id > 1", "orders")))
                .hasValueSatisfying(
                        usage -> assertThat(usage)
                                .matches(
                                        "read portcullis_views\\.orders_v1_orders_[0-9a-v]{16} instead of \"sales\"\\.\"orders\""));
    }

    @Test
    void namesTheRole() {
        assertThat(module.reference(Shop.OWNER, Shop.PORT, Shop.ORDERS)).startsWith("portcullis_orders_v1_");
    }
}
