package dev.portcullis.local;

import java.nio.file.Path;

/**
 * What a shell has to know to use the servers: {@code .try/env}.
 *
 * @param tools the folder of kubectl
 */
record TryEnvironment(Path kubeconfig, Path tools, PostgresAddress postgres) {

    /** To be sourced. */
    String script() {
        return """
                # source this: kubectl as the administrator of the cluster, PostgreSQL as its superuser
                export KUBECONFIG=%s
                export PATH=%s:"$PATH"
                export PGHOST=%s
                export PGPORT=%d
                export PGUSER=%s
                export PGPASSWORD=%s
                export PGDATABASE=%s
                """.formatted(
                        quoted(kubeconfig),
                        quoted(tools),
                        postgres.host(),
                        postgres.port(),
                        LocalPostgres.SUPERUSER,
                        postgres.password(),
                        ShopDatabase.DATABASE);
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
