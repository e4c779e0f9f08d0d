/** Whole stories on real servers: API server, controller manager, PostgreSQL, and the operator in a JVM of its own under its shipped roles. */
package dev.portcullis.it.story;
