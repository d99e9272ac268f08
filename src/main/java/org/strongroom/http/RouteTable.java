package org.strongroom.http;

import io.javalin.config.RouterConfig;
import io.javalin.router.matcher.PathParser;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All routes of a listener, in order. */
final class RouteTable<A> {
  private record Entry<A>(Route<A> route, PathParser path) {}

  private final List<Entry<A>> entries;

  /** Throws {@link IllegalArgumentException} when two routes have the same method and shape. */
  RouteTable(List<Route<A>> routes, RouterConfig matching) {
    Set<String> shapes = new HashSet<>();
    for (Route<A> route : routes) {
      String shape = route.method() + " " + route.path().replaceAll("\\{[^}]*}", "{}");
      if (!shapes.add(shape)) {
        throw new IllegalArgumentException("declared twice: " + shape);
      }
    }
    entries =
        routes.stream()
            .map(route -> new Entry<>(route, new PathParser(route.path(), matching)))
            .toList();
  }

  /** The first route that takes this; a method that no route can have matches none. */
  Optional<Route<A>> find(String method, String path) {
    for (Entry<A> entry : entries) {
      if (entry.route().method().name().equals(method) && entry.path().matches(path)) {
        return Optional.of(entry.route());
      }
    }
    return Optional.empty();
  }

  /** What may be done at {@code path}; empty when there is nothing. */
  Set<Route.Method> methodsAt(String path) {
    Set<Route.Method> methods = EnumSet.noneOf(Route.Method.class);
    for (Entry<A> entry : entries) {
      if (entry.path().matches(path)) {
        methods.add(entry.route().method());
      }
    }
    return methods;
  }
}
