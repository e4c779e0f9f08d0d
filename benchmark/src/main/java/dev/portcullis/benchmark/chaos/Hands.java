package dev.portcullis.benchmark.chaos;

import java.util.Random;

/** Does what was drawn on the real servers, and tells the model. */
final class Hands {
    private final AgreementHands agreements;
    private final PortHands ports;
    private final PlatformTeamHands platformTeam;
    private final DbaHands dba;

    Hands(Servers servers, Model model, Random random) {
        agreements = new AgreementHands(servers.kube(), model);
        ports = new PortHands(Answers.patient(servers.kube().client()), model);
        platformTeam = new PlatformTeamHands(Answers.patient(servers.kube().client()), model);
        dba = new DbaHands(servers.shop(), model, random);
    }

    /** Whether it was taken: what a server refuses has not happened. */
    boolean does(Operation operation) {
        if (operation instanceof Operation.Request it) {
            return agreements.request(it);
        } else if (operation instanceof Operation.Decide it) {
            return agreements.decide(it);
        } else if (operation instanceof Operation.Vote it) {
            return agreements.vote(it);
        } else if (operation instanceof Operation.Suspend it) {
            return agreements.suspend(it);
        } else if (operation instanceof Operation.Cancel it) {
            return agreements.cancel(it);
        } else if (operation instanceof Operation.Delete it) {
            return agreements.delete(it);
        } else if (operation instanceof Operation.MakePort it) {
            return ports.make(it);
        } else if (operation instanceof Operation.DeletePort it) {
            return ports.delete(it);
        } else if (operation instanceof Operation.ChangeColumns it) {
            return ports.columns(it);
        } else if (operation instanceof Operation.ChangeAutoApprove it) {
            return ports.autoApprove(it);
        } else if (operation instanceof Operation.SuspendPort it) {
            return ports.suspend(it);
        } else if (operation instanceof Operation.ChangeTeam it) {
            return platformTeam.team(it);
        } else if (operation instanceof Operation.ChangePolicy it) {
            return platformTeam.policy(it);
        } else if (operation instanceof Operation.GrantByHand it) {
            return dba.grant(it);
        } else if (operation instanceof Operation.RevokeByHand it) {
            return dba.revoke(it);
        } else if (operation instanceof Operation.WidenByHand it) {
            return dba.widen(it);
        }
        throw new IllegalArgumentException("nobody does " + operation);
    }
}
