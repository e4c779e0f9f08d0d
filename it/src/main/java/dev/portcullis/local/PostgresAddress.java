package dev.portcullis.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A PostgreSQL on loopback, and its superuser's password. */
public record PostgresAddress(int port, String password) {
    public String host() {
        return "127.0.0.1";
    }

    /** A connection of the superuser. */
    public Connection connect(String database) throws SQLException {
        return connect(database, LocalPostgres.SUPERUSER, password);
    }

    /** A new session of somebody else. */
    public Connection connect(String database, String user, String userPassword) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", userPassword);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("sslmode", "disable");
        return DriverManager.getConnection("jdbc:postgresql://" + host() + ":" + port + "/" + database, properties);
    }

    @Override
    public String toString() {
        return host() + ":" + port;
    }
}
