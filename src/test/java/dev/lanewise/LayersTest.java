// SPDX-License-Identifier: Apache-2.0
package dev.lanewise;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Packages depend downwards only, and the vector module is known to the kernels alone. */
class LayersTest {
  /** What takes a species other than one that is there, or leads to one. */
  private static final Pattern OTHER_SPECIES =
      Pattern.compile("of|ofPreferred|ofLargestShape|with(Shape|Lanes)|SPECIES_.*|.*Shape");

  /** Where it is chosen, and before that its width. */
  private static final String THE_SPECIES = ".*\\.simd\\.(Float|Double)(Species|Lanes)";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.lanewise");

  @Test
  void packagesDependDownwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("nn")
        .definedBy("dev.lanewise.nn")
        .layer("conv")
        .definedBy("dev.lanewise.conv")
        .layer("gemm")
        .definedBy("dev.lanewise.gemm")
        .layer("internal.conv")
        .definedBy("dev.lanewise.internal.conv..")
        .layer("internal.gemm")
        .definedBy("dev.lanewise.internal.gemm")
        .layer("internal.memory")
        .definedBy("dev.lanewise.internal.memory")
        .layer("internal.parallel")
        .definedBy("dev.lanewise.internal.parallel")
        .layer("internal.simd")
        .definedBy("dev.lanewise.internal.simd")
        .whereLayer("nn")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("conv")
        .mayOnlyBeAccessedByLayers("nn")
        .whereLayer("gemm")
        .mayOnlyBeAccessedByLayers("nn", "conv")
        .whereLayer("internal.conv")
        .mayOnlyBeAccessedByLayers("conv")
        .whereLayer("internal.gemm")
        .mayOnlyBeAccessedByLayers("gemm", "internal.conv")
        .whereLayer("internal.parallel")
        .mayOnlyBeAccessedByLayers("conv", "gemm", "internal.conv", "internal.gemm")
        .whereLayer("internal.memory")
        .mayOnlyBeAccessedByLayers("conv", "gemm", "internal.conv", "internal.gemm")
        .check(CLASSES);
  }

  /** Families of algorithms know what they share: neither each other nor the plan that chooses. */
  @Test
  void algorithmsDoNotKnowEachOther() {
    SlicesRuleDefinition.slices()
        .matching("dev.lanewise.internal.conv.(*)")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            JavaClass.Predicates.resideInAPackage("dev.lanewise.internal.conv.plan"),
            DescribedPredicate.alwaysTrue())
        .check(CLASSES);
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("dev.lanewise.internal.conv")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.lanewise.internal.conv.*")
        .check(CLASSES);
  }

  @Test
  void nnUsesNothingInternal() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("dev.lanewise.nn")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.lanewise.internal..")
        .check(CLASSES);
  }

  @Test
  void onlyKernelsAndSpeciesLinkToTheVectorModule() {
    ArchRuleDefinition.noClasses()
        .that()
        .haveNameNotMatching(THE_SPECIES)
        .and()
        .haveNameNotMatching(
            ".*\\.(Float|Double)(Vector(Rows|SegmentRows|Strips|Transpose((From|To)Segment)?|Activations|Pooling|TileTransform\\d)"
                + "|((Packing)?Microkernel\\d+|DirectKernel\\d+|LineKernel\\d+|TileProduct\\d|DotTile\\d|BroadcastTile\\d|Pixel(Line)?Tile\\d|PhaseTile\\d)x\\d(MulAdd|Strided|Pairs)?(ToSegment|OfSegments?)?|(Rolling|Sliding)Tile\\d(ToSegment|InPlace(OfSegments)?)?|Depthwise(Kernel|Dots|Pair)(Unit|Strided|Phases|Lanes|Pairs)((In|Of)Segments)?)")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  /** A second species leaves vectors of the first on the heap: see FloatSpecies. */
  @Test
  void allVectorsAreOfOneSpecies() {
    ArchRuleDefinition.noClasses()
        .that()
        .haveNameNotMatching(THE_SPECIES)
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "makes vectors of another shape",
                access ->
                    access.getTargetOwner().getPackageName().equals("jdk.incubator.vector")
                        && OTHER_SPECIES.matcher(access.getTarget().getName()).matches()))
        .check(CLASSES);
  }
}
