package dev.portcullis.platform.postgresql.view;

import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.ArrayList;
import java.util.List;

/** What somebody holds who has a profile: its tables themselves, or where a filter holds, a view of each. */
public final class Served {
    /** The schema of all views; whoever administers the database makes it. */
    public static final String SCHEMA = "portcullis_views";

    private Served() {}

    /** All that a role with this profile holds, and nothing else. */
    public static List<Privilege> privileges(Owner owner, PortId port, PostgresqlProfile profile) {
        if (!profile.isFiltered()) {
            return profile.privileges();
        }
        List<Privilege> all = new ArrayList<>();
        all.add(new Privilege("CONNECT", new SqlObject.Database(profile.database())));
        all.add(new Privilege("USAGE", schema(profile.database())));
        profile.tables().keySet().forEach(table -> all.add(new Privilege("SELECT", view(owner, port, profile, table))));
        return all;
    }

    /** The view of a table in a profile. */
    public static SqlObject.Table view(Owner owner, PortId port, PostgresqlProfile profile, String table) {
        return new SqlObject.Table(profile.database(), SCHEMA, RoleName.view(owner, port, profile, table));
    }

    public static SqlObject.Schema schema(String database) {
        return new SqlObject.Schema(database, SCHEMA);
    }

    /** Whether an object is where the views are, or is columns of one that is. */
    public static boolean isAboutView(SqlObject object) {
        return isView(object instanceof SqlObject.Columns columns ? columns.table() : object);
    }

    /** Whether an object is where the views are. */
    public static boolean isView(SqlObject object) {
        return object instanceof SqlObject.Table table && table.schema().equals(SCHEMA);
    }
}
