/**
 * What Portcullis ships that others wrote: the libraries, by the bills of materials that the build makes, their licences, and the faults that are known of them.
 * Run by hand ({@code dev/check-vulnerabilities}) and by tests; nothing of it is shipped itself.
 */
@NullMarked
package dev.portcullis.supply;

import org.jspecify.annotations.NullMarked;
