// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import dev.lanewise.conv.Arithmetic;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The names of the contenders, and what becomes of them. */
public final class Contenders {
  public static final String LANEWISE = "lanewise";

  /** With {@link Arithmetic#FAST}. */
  public static final String LANEWISE_FAST = "lanewise-fast";

  private static final String LANEWISE_HEAP = "lanewise-heap";
  private static final String LANEWISE_NATIVE = "lanewise-native";
  private static final String LANEWISE_1000TH = "lanewise-1000th";
  private static final String NAIVE = "naive";

  /** More than this would take the naive loops some seconds a call. */
  private static final long MOST_NAIVE_MULTIPLY_ADDS = 500_000_000;

  /** The peer that works on layouts of its own, so that nobody with NCHW arrays can have it. */
  public static final String OWN_LAYOUTS = "onednn";

  /** Those that take part unless others are asked for. */
  public static final List<String> USUAL = List.of(LANEWISE, LANEWISE_FAST, NAIVE);

  /** Lanewise in all ways. */
  public static final List<String> OWN =
      List.of(LANEWISE, LANEWISE_FAST, LANEWISE_HEAP, LANEWISE_NATIVE, LANEWISE_1000TH);

  /** Those of the Maven profile {@code peers}. */
  public static final List<String> PEERS =
      List.of(OWN_LAYOUTS, "onednn-nchw", "torch", "ort", "openblas", "netlib");

  private Contenders() {}

  /** Whether Lanewise is to be compared with it. */
  public static boolean isPeer(String name) {
    return PEERS.contains(name);
  }

  /**
   * Whose results a contender's must equal: Lanewise's, and where that would be the same code those
   * of the naive loops, however long these take.
   */
  public static Contender referenceFor(String name) {
    return name.equals(LANEWISE) || name.equals(LANEWISE_1000TH)
        ? new NaiveContender(Long.MAX_VALUE)
        : new LanewiseContender(Arithmetic.EXACT_SUM, 1);
  }

  /**
   * The contender of that name, on as many threads.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Contender create(String name, int threads) {
    return switch (name) {
      case LANEWISE -> new LanewiseContender(Arithmetic.EXACT_SUM, threads);
      case LANEWISE_FAST -> new LanewiseContender(Arithmetic.FAST, threads);
      case LANEWISE_HEAP -> LanewiseSegments.heap(threads);
      case LANEWISE_NATIVE -> LanewiseSegments.offHeap(threads);
      case LANEWISE_1000TH -> new ThousandthPlan(threads);
      case NAIVE -> new NaiveContender(MOST_NAIVE_MULTIPLY_ADDS);
      default -> peers().create(name, threads);
    };
  }

  /**
   * What makes the peers.
   *
   * @throws IllegalArgumentException without the Maven profile
   */
  public static PeerFactory peers() {
    Optional<PeerFactory> factory;
    try {
      factory = ServiceLoader.load(PeerFactory.class).findFirst();
    } catch (ServiceConfigurationError e) {
      // Named by an earlier build with the profile, and not compiled by this one without it.
      factory = Optional.empty();
    }
    return factory.orElseThrow(() -> new IllegalArgumentException("this contender needs --peers"));
  }

  /** Every name. */
  public static List<String> all() {
    return Stream.of(OWN, List.of(NAIVE), PEERS).flatMap(List::stream).toList();
  }
}
