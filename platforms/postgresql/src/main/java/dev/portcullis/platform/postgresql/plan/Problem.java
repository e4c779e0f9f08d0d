package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.platform.Plan;

/** Why something wanted cannot be given as things stand, and what to do about it. */
record Problem(Plan.Reason reason, String message) {}
