package io.github.hecnn.mlr.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.concurrent.Worker;
import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.web.WebView;
import javafx.stage.Stage;
import javafx.util.Duration;

/** WebKit without a screen: the browser of JavaFX, drawn in software. */
final class PageBrowser {
    private static final int SECONDS = 60;
    private static final double SETTLE_MILLIS = 500;

    private PageBrowser() {}

    /**
     * What a script says about a page, and what the page looks like.
     *
     * @param said result of the script
     * @param colours different colours of what is seen first
     */
    record Seen(String said, int colours) {}

    /** Why there is no browser here, or an empty text. */
    static String missing() {
        System.setProperty("glass.platform", "Monocle");
        System.setProperty("monocle.platform", "Headless");
        System.setProperty("prism.order", "sw");
        CountDownLatch up = new CountDownLatch(1);
        try {
            Platform.startup(up::countDown);
            Platform.setImplicitExit(false);
            return up.await(SECONDS, TimeUnit.SECONDS) ? "" : "JavaFX does not start";
        } catch (RuntimeException | Error e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    /**
     * Shows a page.
     *
     * @param page HTML
     * @param width of the window, in pixels
     * @param height of the window
     * @param script that gives a text
     * @param folder for a file that the browser reads
     */
    static Seen look(String page, int width, int height, String script, Path folder) {
        Path file = folder.resolve("page-" + width + ".html");
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CompletableFuture<Seen> seen = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                show(file, width, height, script, seen);
            } catch (RuntimeException | Error e) {
                seen.completeExceptionally(e);
            }
        });
        try {
            return seen.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("show " + file + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void show(Path file, int width, int height, String script, CompletableFuture<Seen> seen) {
        WebView view = new WebView();
        view.setPrefSize(width, height);
        Stage stage = new Stage();
        stage.setScene(new Scene(view, width, height));
        stage.show();
        view.getEngine().getLoadWorker().stateProperty().addListener((property, before, state) -> {
            if (state == Worker.State.FAILED) {
                seen.completeExceptionally(view.getEngine().getLoadWorker().getException());
            } else if (state == Worker.State.SUCCEEDED) {
                PauseTransition settle = new PauseTransition(Duration.millis(SETTLE_MILLIS));
                settle.setOnFinished(event -> {
                    try {
                        String said = String.valueOf(view.getEngine().executeScript(script));
                        WritableImage image = view.snapshot(null, null);
                        seen.complete(new Seen(said, colours(image)));
                    } catch (RuntimeException | Error e) {
                        seen.completeExceptionally(e);
                    } finally {
                        stage.hide();
                    }
                });
                settle.play();
            }
        });
        view.getEngine().load(file.toUri().toString());
    }

    private static int colours(WritableImage image) {
        PixelReader pixels = image.getPixelReader();
        Set<Integer> out = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                out.add(pixels.getArgb(x, y));
            }
        }
        return out.size();
    }
}
