/**
 * Views that serve row filters: what one is called and made of, and what the roles around it have. A view is owned by a role of its port that holds SELECT on what the
 * views look at and nothing else; who may read a profile may read its views, and nothing of the tables beneath.
 */
@NullMarked
package dev.portcullis.platform.postgresql.view;

import org.jspecify.annotations.NullMarked;
