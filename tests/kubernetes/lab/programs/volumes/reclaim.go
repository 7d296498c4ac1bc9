package volumes

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// reclaim removes a volume whose claim is gone, with its directory, when its policy is Delete.
func (c *controller) reclaim(ctx context.Context, volume *core.PersistentVolume) error {
	if volume.Annotations[provisionedBy] != Provisioner || volume.DeletionTimestamp != nil ||
		volume.Status.Phase != core.VolumeReleased ||
		volume.Spec.PersistentVolumeReclaimPolicy != core.PersistentVolumeReclaimDelete {
		return nil
	}
	// Whoever may edit volumes could name any directory here.
	path := volume.Spec.Local.Path
	if filepath.Dir(path) != filepath.Clean(c.directory) || !strings.HasPrefix(filepath.Base(path), "pvc-") {
		return fmt.Errorf("volume %s: %s is not one of this provisioner's directories; left alone", volume.Name, path)
	}
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	log.Printf("removed %s", path)
	return c.client.CoreV1().PersistentVolumes().Delete(ctx, volume.Name, meta.DeleteOptions{})
}
