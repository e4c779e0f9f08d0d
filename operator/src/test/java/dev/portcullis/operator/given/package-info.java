/** What the tests of the operator share: a cluster in memory, a platform in memory, a clock that stands still. */
package dev.portcullis.operator.given;
