package dev.portcullis.engine.policy;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Map;
import java.util.Optional;

/** The types that expressions of policies are checked by: a field that is misspelt is an error of the policy, and not of the requests it is asked about. */
final class PolicyTypes implements CelTypeProvider {
    private static final CelType TEXT = SimpleType.STRING;
    private static final CelType TEXTS = ListType.create(SimpleType.STRING);
    private static final CelType TEXT_BY_TEXT = MapType.create(SimpleType.STRING, SimpleType.STRING);

    private static final StructType AGREEMENT = struct(
            "Agreement",
            ImmutableMap.<String, CelType>builder()
                    .put("name", TEXT)
                    .put("namespace", TEXT)
                    .put("purpose", TEXT)
                    .put("answers", TEXT_BY_TEXT)
                    .put("acceptedTerms", TEXT)
                    .put("policyTerms", TEXT_BY_TEXT)
                    .put("start", SimpleType.TIMESTAMP)
                    .put("end", SimpleType.TIMESTAMP)
                    .buildOrThrow());
    private static final StructType CONTRACT = struct("Contract", ImmutableMap.of("id", TEXT, "version", TEXT));
    private static final StructType PORT = struct(
            "Port",
            ImmutableMap.<String, CelType>builder()
                    .put("name", TEXT)
                    .put("namespace", TEXT)
                    .put("platform", TEXT)
                    .put("description", TEXT)
                    .put("containsPii", SimpleType.BOOL)
                    .put("autoApprove", SimpleType.BOOL)
                    .put("workflow", TEXT)
                    .put("contract", CONTRACT)
                    .buildOrThrow());
    private static final StructType PRODUCT = struct(
            "Product",
            ImmutableMap.<String, CelType>builder()
                    .put("name", TEXT)
                    .put("namespace", TEXT)
                    .put("title", TEXT)
                    .put("description", TEXT)
                    .put("domain", TEXT)
                    .put("subjectMatterExpert", TEXT)
                    .put("tags", TEXTS)
                    .put("termsRevision", TEXT)
                    .buildOrThrow());
    private static final StructType TEAM =
            struct("Team", ImmutableMap.of("name", TEXT, "displayName", TEXT, "namespace", TEXT));
    private static final StructType PERSON =
            struct("Person", ImmutableMap.of("user", TEXT, "attributes", TEXT_BY_TEXT, "teams", TEXTS));

    /** What an expression sees, by name. */
    static final Map<String, CelType> VARIABLES = ImmutableMap.<String, CelType>builder()
            .put("agreement", AGREEMENT)
            .put("port", PORT)
            .put("product", PRODUCT)
            .put("provider", TEAM)
            .put("consumer", TEAM)
            .put("requester", PERSON)
            .put("beneficiaries", ListType.create(PERSON))
            .put("now", SimpleType.TIMESTAMP)
            .buildOrThrow();

    private static final ImmutableList<CelType> TYPES =
            ImmutableList.of(AGREEMENT, CONTRACT, PORT, PRODUCT, TEAM, PERSON);

    @Override
    public ImmutableCollection<CelType> types() {
        return TYPES;
    }

    @Override
    public Optional<CelType> findType(String name) {
        return TYPES.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }
}
