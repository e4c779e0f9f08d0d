package dev.portcullis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The sample grant controller as a process of its own, with the rights of its ServiceAccount: it can be killed like a pod. */
public final class GrantControllerProcess implements AutoCloseable {
    private final ChildProcess process;
    private final Path lists;

    /** @param dir for its access lists and its log */
    public GrantControllerProcess(KubeControlPlane kube, Path kubeconfig, String platform, Path dir) {
        this(kube.tools(), kubeconfig, platform, dir);
    }

    /** @param tools where kubectl is */
    public GrantControllerProcess(Path tools, Path kubeconfig, String platform, Path dir) {
        lists = dir.resolve("lists");
        try {
            Files.createDirectories(lists);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = new ChildProcess(
                        "grant-controller",
                        dir.resolve("grant-controller.log"),
                        List.of(
                                "python3",
                                Checkout.root()
                                        .resolve("samples/external-platform/grant-controller.py")
                                        .toString(),
                                platform,
                                lists.toString()))
                .environment(Map.of(
                        "KUBECONFIG",
                        kubeconfig.toString(),
                        "HOME",
                        dir.toString(),
                        "PATH",
                        tools + ":" + System.getenv("PATH")));
    }

    public void start() {
        process.start();
    }

    public void kill9() {
        process.kill9();
    }

    /** Who may use an object, as the platform has it: a line for each principal, with the parts. */
    public List<String> allowed(String object) {
        try {
            Path list = lists.resolve(object.replace("/", "%2F"));
            return Files.exists(list) ? Files.readAllLines(list) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(5));
    }
}
