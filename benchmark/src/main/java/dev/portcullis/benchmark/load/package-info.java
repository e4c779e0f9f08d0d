/** The operator under load, beside a real API server and a real PostgreSQL: how fast, how much of everything, and whether that stays so with size. */
package dev.portcullis.benchmark.load;
