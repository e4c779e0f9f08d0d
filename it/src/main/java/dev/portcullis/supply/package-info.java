/**
 * What Portcullis ships that others wrote: the libraries, by the bills of materials that the build makes, and their licences. Nothing of it is shipped itself.
 */
@NullMarked
package dev.portcullis.supply;

import org.jspecify.annotations.NullMarked;
