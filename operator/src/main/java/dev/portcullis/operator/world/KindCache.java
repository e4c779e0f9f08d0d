package dev.portcullis.operator.world;

import dev.portcullis.operator.watch.Watched;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceDeleteEvent;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The primary cache of one kind's controller, and the way to have an object of that kind looked at again.
 *
 * <p>What belongs to a key is found by {@link KeyIndex}, or by a walk over the objects, not by the indexes of the informer: those take an object out for a
 * moment whenever it changes, and what is out of sight for a moment would be revoked for a moment.
 */
public final class KindCache<T extends HasMetadata> {
    /** Longer than the framework needs to end the handling of a deletion. */
    private static final Executor AFTER_A_SECOND = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    /** Longer than most deletions wait for their turn. */
    private static final Executor AFTER_FIVE_SECONDS = CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS);

    private final Class<T> kind;
    private final Map<String, Function<T, List<String>>> keys;
    private final Map<String, KeyIndex<T>> indexes = new HashMap<>();

    /** What was deleted and nobody was told of yet. */
    private final Map<ResourceID, List<T>> deleted = new ConcurrentHashMap<>();

    private final Inbound inbound = new Inbound();
    private volatile @Nullable IndexerResourceCache<T> cache;
    private volatile boolean isIndexed;
    private volatile boolean isClosed;

    KindCache(Class<T> kind) {
        this.kind = kind;
        this.keys = Indexes.of(kind);
        keys.forEach((name, of) -> {
            if (Indexes.isKept(name)) {
                indexes.put(name, new KeyIndex<>(of));
            }
        });
    }

    /** Called once by the kind's reconciler, before its controller starts. */
    public List<EventSource<?, T>> connect(EventSourceContext<T> context) {
        IndexerResourceCache<T> primary = context.getPrimaryCache();
        cache = primary;
        return List.of(inbound);
    }

    /**
     * From now on nothing can be read here any more: the framework empties its caches when it stops, before those that look into them have ended, and what is
     * not there any more would be taken for gone. To be called before it is stopped.
     */
    void close() {
        isClosed = true;
    }

    /** What was read, unless the cache may have been emptied meanwhile: so it is asked afterwards. */
    private <R> R unlessClosed(R read) {
        if (isClosed) {
            throw new ClosedException();
        }
        return read;
    }

    /** The operator is about to end, so that nobody can know any more what is there. */
    public static final class ClosedException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        ClosedException() {
            super("the operator is ending: what is there cannot be known any more");
        }
    }

    Optional<T> get(ResourceID id) {
        return unlessClosed(connected().get(id));
    }

    /** From now on what has a key is looked up; to be called when the cache has seen everything, since those whom it tells hear of it later. */
    void index() {
        all().map(ResourceID::fromResource).toList().forEach(this::tell);
        isIndexed = true;
        // nobody knows anything yet of those that were deleted before
        deleted.clear();
    }

    private void tell(ResourceID id) {
        indexes.values().forEach(index -> index.tell(id, connected()::get));
    }

    List<T> byIndex(String index, String key) {
        Function<T, List<String>> of = keys.get(index);
        if (of == null) {
            throw new IllegalArgumentException(kind.getSimpleName() + " has no index " + index);
        }
        KeyIndex<T> kept = indexes.get(index);
        return unlessClosed(
                kept != null && isIndexed
                        ? kept.get(key, this::get)
                        : connected()
                                .list(object -> of.apply(object).contains(key))
                                .toList());
    }

    Stream<T> all() {
        return unlessClosed(connected().list().toList()).stream();
    }

    /** What looks after the watch. */
    Watched watched() {
        return Watched.of(kind, this::get, this::all);
    }

    /** The object that has this one's name now: after a deletion perhaps another one. */
    public Optional<T> current(T object) {
        return get(ResourceID.fromResource(object));
    }

    /**
     * Handles what became of an object, and looks at whoever has its name now: the framework makes one call of a deletion and of a creation under the same name, and shows
     * only who was created; and where a watch was opened anew in between it takes both for a change. It also forgets all events that come while it handles a deletion, those of
     * what is written meanwhile among them; so there is another look later. What is under way while the operator ends is left as it is: its next start looks at everything.
     *
     * @param shown what the framework shows
     * @param gone told of each that was deleted; of one perhaps twice, where it fails
     */
    public UpdateControl<T> reconcile(
            T shown, Context<T> context, Consumer<T> gone, Function<T, UpdateControl<T>> look) {
        try {
            return reconcileUnlessClosed(shown, context, gone, look);
        } catch (ClosedException untilTheNextStart) {
            return UpdateControl.noUpdate();
        }
    }

    private UpdateControl<T> reconcileUnlessClosed(
            T shown, Context<T> context, Consumer<T> gone, Function<T, UpdateControl<T>> look) {
        boolean isDeleted = context.isPrimaryResourceDeleted();
        tellOfDeleted(shown, isDeleted, gone);
        if (!isDeleted) {
            // what was deleted since it was shown has nobody to be looked at
            return isThere(shown) ? look.apply(shown) : UpdateControl.noUpdate();
        }
        UpdateControl<T> control = current(shown).map(look).orElseGet(UpdateControl::noUpdate);
        AFTER_A_SECOND.execute(() -> inbound.lookAfterDeletion(ResourceID.fromResource(shown)));
        return control;
    }

    private void tellOfDeleted(T shown, boolean isDeleted, Consumer<T> gone) {
        ResourceID id = ResourceID.fromResource(shown);
        List<T> told = deleted.getOrDefault(id, List.of());
        told.forEach(gone);
        if (isDeleted && !isThere(shown) && told.stream().noneMatch(one -> isSame(one, shown))) {
            gone.accept(shown);
        }
        deleted.computeIfPresent(
                id, (same, all) -> all.size() == told.size() ? null : all.subList(told.size(), all.size()));
    }

    /** Whether exactly this object, and not a later one of its name, is there still. */
    private boolean isThere(T object) {
        return current(object).filter(now -> isSame(now, object)).isPresent();
    }

    private static boolean isSame(HasMetadata one, HasMetadata other) {
        return one.getMetadata().getUid().equals(other.getMetadata().getUid());
    }

    /** Has the object looked at again. */
    public void lookAgain(T object) {
        lookAgain(ResourceID.fromResource(object));
    }

    public void lookAgain(ResourceID id) {
        inbound.lookAgain(id);
    }

    private IndexerResourceCache<T> connected() {
        IndexerResourceCache<T> connected = cache;
        if (connected == null) {
            throw new IllegalStateException("the controller of " + kind.getSimpleName() + " has not started");
        }
        return connected;
    }

    /**
     * Events from within. They pass for changes of the object itself, since the framework drops every other event of an object that it keeps no state for,
     * and after a deletion it keeps none for the object that has the name now.
     */
    private final class Inbound extends SimpleInboundEventSource<T> implements ResourceEventAware<T> {
        Inbound() {
            super("look-again");
        }

        /** The framework tells of every change here before it asks for a look at the object. */
        @Override
        public void onResourceCreated(T object) {
            tell(ResourceID.fromResource(object));
        }

        @Override
        public void onResourceUpdated(T object, T before) {
            if (!isSame(object, before)) {
                keepDeleted(before);
            }
            tell(ResourceID.fromResource(object));
        }

        @Override
        public void onResourceDeleted(T object) {
            keepDeleted(object);
            tell(ResourceID.fromResource(object));
        }

        private void keepDeleted(T object) {
            deleted.merge(
                    ResourceID.fromResource(object),
                    List.of(object),
                    (before, one) ->
                            Stream.concat(before.stream(), one.stream()).toList());
            AFTER_FIVE_SECONDS.execute(() -> lookUntilTold(ResourceID.fromResource(object)));
        }

        /** The framework also forgets a deletion where a look at the object fails, and something else had come after it. */
        private void lookUntilTold(ResourceID id) {
            if (isIndexed && !isClosed && deleted.containsKey(id)) {
                lookAfterDeletion(id);
                AFTER_FIVE_SECONDS.execute(() -> lookUntilTold(id));
            }
        }

        /** At whoever has the name; and where nobody has, but another was deleted while the deletion was handled, at that: the framework has forgotten it. */
        void lookAfterDeletion(ResourceID id) {
            List<T> forgotten = deleted.getOrDefault(id, List.of());
            if (connected().get(id).isPresent() || forgotten.isEmpty()) {
                lookAgain(id);
            } else {
                getEventHandler()
                        .handleEvent(new ResourceDeleteEvent(
                                ResourceAction.DELETED, id, forgotten.get(forgotten.size() - 1), true));
            }
        }

        void lookAgain(ResourceID id) {
            connected()
                    .get(id)
                    .ifPresent(object ->
                            getEventHandler().handleEvent(new ResourceEvent(ResourceAction.UPDATED, id, object)));
        }
    }
}
