package dev.portcullis.engine.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/**
 * Runs the health checks of argocd-cm.yaml as Argo CD does: the object is the global {@code obj}, the answer a table, and of Lua's libraries there are the basic one
 * and {@code table} (Argo CD's {@code os} tells the time alone, which no check here asks for).
 */
final class ArgoHealth {
    private static final String PREFIX = "resource.customizations.health.portcullis.dev_";

    private static final Map<String, String> SCRIPTS = read();

    private ArgoHealth() {}

    /** What Argo CD shows of an object. */
    record Health(String status, String message) {}

    /** The checks by kind. */
    static Map<String, String> scripts() {
        return SCRIPTS;
    }

    private static Map<String, String> read() {
        Map<String, String> scripts = new TreeMap<>();
        GitopsSamples.documents("argocd/argocd-cm.yaml").get(0).get("data").properties().stream()
                .filter(entry -> entry.getKey().startsWith(PREFIX))
                .forEach(entry -> scripts.put(
                        entry.getKey().substring(PREFIX.length()),
                        entry.getValue().textValue()));
        return scripts;
    }

    static Health of(JsonNode object) {
        Globals globals = new Globals();
        globals.load(new BaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        LoadState.install(globals);
        LuaC.install(globals);
        globals.set("obj", lua(object));
        LuaValue answer = globals.load(scripts().get(object.get("kind").textValue()), "health")
                .call();
        return new Health(
                answer.get("status").checkjstring(), answer.get("message").checkjstring());
    }

    private static LuaValue lua(JsonNode node) {
        if (node.isObject()) {
            LuaTable table = new LuaTable();
            node.properties().forEach(entry -> table.set(entry.getKey(), lua(entry.getValue())));
            return table;
        }
        if (node.isArray()) {
            LuaTable table = new LuaTable();
            for (int i = 0; i < node.size(); i++) {
                table.set(i + 1, lua(node.get(i)));
            }
            return table;
        }
        return node.isTextual()
                ? LuaValue.valueOf(node.textValue())
                : node.isNumber()
                        ? LuaValue.valueOf(node.doubleValue())
                        : node.isBoolean() ? LuaValue.valueOf(node.booleanValue()) : LuaValue.NIL;
    }
}
