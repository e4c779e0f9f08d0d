package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** The API server refuses two thirds of what the operator asks, or its answers are lost. */
record ApiTrouble(ApiRoute.Trouble trouble) implements Fault {
    @Override
    public void begin(Servers servers) {
        servers.apiRoute().set(trouble);
        if (trouble == ApiRoute.Trouble.UNANSWERED) {
            // who has to begin anew gets no answer either
            servers.apiNetwork().cut();
        }
    }

    @Override
    public void end(Servers servers) {
        servers.apiRoute().set(ApiRoute.Trouble.NONE);
    }

    @Override
    public Duration recovery(Duration lasted) {
        return Recovery.ofWatches(lasted);
    }

    @Override
    public String title() {
        return "ApiTrouble " + trouble;
    }
}
