/** What beneficiaries are called on a platform. */
@NullMarked
package dev.portcullis.engine.principal;

import org.jspecify.annotations.NullMarked;
