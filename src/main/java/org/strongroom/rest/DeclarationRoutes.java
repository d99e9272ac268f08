package org.strongroom.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.strongroom.http.Call;
import org.strongroom.http.Route;
import org.strongroom.http.Route.Body;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Permission;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.vault.Catalogue;
import org.strongroom.vault.PolicyBook;
import org.strongroom.vault.Vault;

/** Collections and policy: what is in force, and putting another in force. */
final class DeclarationRoutes {
  private static final Body YAML = new Body(Set.of("application/yaml"), 4L << 20);

  /** What the file is called in errors, before the line. */
  private static final String SOURCE = "body";

  private final Vault vault;
  private final Catalogue catalogue;
  private final PolicyBook policies;

  DeclarationRoutes(Vault vault, Catalogue catalogue, PolicyBook policies) {
    this.vault = vault;
    this.catalogue = catalogue;
    this.policies = policies;
  }

  List<Route<Actor>> routes() {
    return List.of(
        Route.get("/v1/collections", "List the collections", this::collections),
        Route.get("/v1/collections/{c}", "Show a declaration", this::collection),
        Route.put("/v1/collections/{c}", "Put a declaration in force", YAML, this::putCollection),
        Route.get("/v1/policy", "Show the policy", this::policy),
        Route.put("/v1/policy", "Put a policy in force", YAML, this::putPolicy),
        Route.get("/v1/policy/explain", "Explain what a role would see", this::explain));
  }

  private record Collections(List<Named> collections) {}

  private record Named(String name, int version) {}

  private record Declared(String name, int version, String yaml) {}

  private record Policy(int version, String yaml) {}

  private void collections(Call<Actor> call) {
    call.answer(
        new Collections(
            catalogue.specs().stream()
                .map(spec -> new Named(spec.name(), catalogue.version(spec.name())))
                .toList()));
  }

  private void collection(Call<Actor> call) {
    CollectionSpec spec = catalogue.spec(call.path("c"));
    call.answer(new Declared(spec.name(), catalogue.version(spec.name()), spec.yaml()));
  }

  private void putCollection(Call<Actor> call) throws IOException {
    vault.require(call.actor(), Permission.CHANGE_COLLECTIONS);
    String yaml = text(call);
    if (!CollectionSpec.nameIn(SOURCE, yaml).equals(call.path("c"))) {
      throw new VaultException(
          ErrorCode.INVALID_DECLARATION,
          SOURCE + ":1: the declaration has another name than the address");
    }
    call.answer(catalogue.apply(Vault.by(call.actor(), null), SOURCE, yaml));
  }

  private void policy(Call<Actor> call) {
    call.answer(new Policy(policies.version(), policies.policy().yaml()));
  }

  private void putPolicy(Call<Actor> call) throws IOException {
    vault.require(call.actor(), Permission.CHANGE_POLICY);
    call.answer(policies.apply(Vault.by(call.actor(), null), SOURCE, text(call)));
  }

  private void explain(Call<Actor> call) {
    call.requireQueryNames(Set.of("role", "purpose", "collection"));
    call.answer(
        policies.explain(
            required(call, "role"), required(call, "purpose"), required(call, "collection")));
  }

  private static String required(Call<Actor> call, String name) {
    return call.query(name)
        .orElseThrow(
            () ->
                new VaultException(ErrorCode.BAD_REQUEST, "the query lacks the parameter " + name));
  }

  static String text(Call<Actor> call) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(call.body().readAllBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "the body is not UTF-8");
    }
  }
}
