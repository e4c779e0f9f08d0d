/** What the tests of the engine start from: a data mesh in memory, agreements in it, a platform that grants what is asked, and people. */
package dev.portcullis.engine.given;
