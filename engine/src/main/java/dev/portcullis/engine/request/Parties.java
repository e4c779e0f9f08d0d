package dev.portcullis.engine.request;

import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.engine.team.ActingTeam;

/**
 * Who stands on the two sides of an agreement.
 *
 * @param consumer the acting team
 * @param provider the team that offers
 * @param platform where people have their principals
 */
public record Parties(ActingTeam consumer, ActingTeam provider, DataPlatform platform) {}
