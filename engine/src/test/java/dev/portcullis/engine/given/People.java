package dev.portcullis.engine.given;

/** The people of the standard mesh, as the API server authenticates them. */
public final class People {
    /** Listed in team checkout, which offers orders-v1. */
    public static final String OLGA = "olga@example.com";
    /** Listed in team checkout, too. */
    public static final String OTTO = "otto@example.com";
    /** Listed in team marketing; requests. */
    public static final String TAYLOR = "taylor@example.com";
    /** Listed in team marketing, too. */
    public static final String QUINN = "quinn@example.com";
    /** Listed nowhere. */
    public static final String RILEY = "riley@example.com";
    /** Listed nowhere; records what a ticket system decides. */
    public static final String BOT = "system:serviceaccount:tickets:bot";

    private People() {}
}
