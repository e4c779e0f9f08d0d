/** All the I/O: connections, transactions, catalogue queries, execution. */
@NullMarked
package dev.portcullis.platform.postgresql.session;

import org.jspecify.annotations.NullMarked;
