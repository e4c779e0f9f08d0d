package dev.portcullis.cli.plan;

import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.manifests.FolderSource;
import dev.portcullis.cli.manifests.GitSource;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.manifests.ManifestsReader;
import dev.portcullis.cli.report.PlanResult.Warning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Both sides of a change that is written down. A side without manifests may be meant, or be the wrong folder: that is said, and where neither has any there is nothing to
 * plan.
 *
 * @param warnings what somebody should look at
 * @param notes what was taken for granted
 */
record Sides(Manifests before, Manifests after, List<Warning> warnings, List<String> notes) {
    /** Of two folders. */
    static Sides of(Path before, Path after, ManifestsReader reader) {
        Manifests was = reader.read(new FolderSource(before));
        Manifests is = reader.read(new FolderSource(after));
        if (isNothing(was) && isNothing(is)) {
            throw new CannotBeDone("neither " + before + " nor " + after
                    + " has any manifest that concerns Portcullis: name the folders that have them");
        }
        return new Sides(
                was,
                is,
                left(was, is, after.toString()),
                isNothing(was)
                        ? List.of("in " + before
                                + " there is no manifest that concerns Portcullis: everything is taken for new")
                        : List.of());
    }

    /** Of a folder and what it was at a revision. Git keeps no empty folders, so one that is gone may have been emptied. */
    static Sides since(String revision, Path folder, ManifestsReader reader) {
        Manifests was = reader.read(new GitSource(folder, revision));
        Manifests is = Files.exists(folder) ? reader.read(new FolderSource(folder)) : Manifests.NONE;
        if (isNothing(was) && isNothing(is)) {
            throw new CannotBeDone("neither now nor at " + revision + " has " + folder
                    + " any manifest that concerns Portcullis: name the folder that has them");
        }
        return new Sides(
                was,
                is,
                left(was, is, folder.toString()),
                isNothing(was)
                        ? List.of("at " + revision + " there is no manifest that concerns Portcullis in " + folder
                                + ": everything is taken for new. If the folder was moved, compare it with where it was: git worktree add ELSEWHERE "
                                + revision + ", and portcullis plan ELSEWHERE/FOLDER " + folder)
                        : List.of());
    }

    private static List<Warning> left(Manifests was, Manifests is, String folder) {
        return !isNothing(was) && isNothing(is)
                ? List.of(
                        new Warning(
                                "NothingLeft",
                                "folder " + folder,
                                "it has no manifest that concerns Portcullis any more: all that was there is taken to be deleted"))
                : List.of();
    }

    private static boolean isNothing(Manifests manifests) {
        return manifests.rights().isEmpty()
                && manifests.faults().isEmpty()
                && manifests.resources().values().stream().allMatch(kind -> kind.isEmpty());
    }
}
